// The editor of a program. It is large, and loaded only for who edits one.

import {
  bracketMatching, defaultKeymap, EditorState, EditorView, HighlightStyle, history, historyKeymap,
  indentOnInput, indentUnit, indentWithTab, keymap, lineNumbers, lintGutter, rust, setDiagnostics,
  syntaxHighlighting, tags,
} from "./vendor/codemirror.js";

/** The classes of theme/highlight.css. */
const COLORS = HighlightStyle.define([
  { tag: tags.comment, class: "hl-comment" },
  { tag: [tags.meta, tags.attributeName], class: "hl-attribute" },
  { tag: [tags.string, tags.character], class: "hl-string" },
  { tag: [tags.number, tags.bool], class: "hl-number" },
  { tag: [tags.keyword, tags.modifier, tags.self], class: "hl-keyword" },
  { tag: tags.typeName, class: "hl-type" },
  { tag: tags.labelName, class: "hl-lifetime" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: "hl-function" },
  { tag: tags.macroName, class: "hl-macro" },
]);

/** The colors of the figures (theme/figure.css), which know whether it is dark. */
const LOOK = EditorView.theme({
  "&": { color: "var(--fg)", fontSize: "inherit" },
  // Its place shows that it has the focus (theme/edit.css).
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono-font)", lineHeight: "1.45" },
  ".cm-content": { caretColor: "var(--fg)", padding: "0.8em 0" },
  ".cm-gutters": {
    border: "none",
    backgroundColor: "var(--figure-ground)",
    color: "var(--figure-quiet)",
  },
  ".cm-content ::selection, .cm-line::selection": {
    backgroundColor: "color-mix(in srgb, var(--figure-accent) 25%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "color-mix(in srgb, var(--figure-accent) 25%, transparent)",
  },
  ".cm-tooltip": {
    maxWidth: "min(40em, 90vw)",
    border: "1px solid var(--figure-line)",
    backgroundColor: "var(--bg)",
    color: "var(--fg)",
  },
});

/** A program that can be changed. */
export class Text {
  /**
   * @param {string} label what it is, and how to get out of it
   * @param {string} text
   * @param {{changed: (text: string) => void, run: () => void}} on what to do when it has
   *   changed, and on Ctrl-Enter
   */
  constructor(label, text, { changed, run }) {
    this.view = new EditorView({
      doc: text,
      extensions: [
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
        keymap.of([
          { key: "Mod-Enter", run: () => { run(); return true; } },
          ...defaultKeymap, ...historyKeymap, indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
        }),
        EditorState.tabSize.of(4), indentUnit.of("    "), indentOnInput(),
        history(), lineNumbers(), lintGutter(), bracketMatching(),
        rust(), syntaxHighlighting(COLORS), LOOK,
      ],
    });
  }

  /** @returns {HTMLElement} */
  get element() {
    return this.view.dom;
  }

  /** @returns {string} */
  get text() {
    return this.view.state.doc.toString();
  }

  /** @param {string} text that takes the place of the whole; it can be undone */
  replace(text) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  /** @param {import("./edit-run.js").Remark[]} remarks to be marked at their places */
  mark(remarks) {
    const marks = remarks.filter(({ line }) => line).map((remark) => ({
      from: this.position(remark.line ?? 1, remark.column ?? 1),
      to: this.position(remark.end_line ?? 1, remark.end_column ?? 1),
      severity: remark.level.startsWith("error") ? "error" : "warning",
      message: remark.message,
    }));
    this.view.dispatch(setDiagnostics(this.view.state, marks));
  }

  /** @param {import("./edit-run.js").Remark} remark to whose place the cursor goes */
  goTo({ line = 1, column = 1 }) {
    const position = this.position(line, column);
    this.view.dispatch({
      selection: { anchor: position },
      effects: EditorView.scrollIntoView(position, { y: "center" }),
    });
    this.focus();
  }

  focus() {
    this.view.focus();
  }

  destroy() {
    this.view.destroy();
  }

  /**
   * The compiler counts characters, the editor what JavaScript calls the length of a string.
   * @param {number} number of the line
   * @param {number} column
   * @returns {number}
   */
  position(number, column) {
    const { doc } = this.view.state;
    if (number > doc.lines) return doc.length;
    const line = doc.line(number);
    return line.from + [...line.text].slice(0, column - 1).join("").length;
  }
}
