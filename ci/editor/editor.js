// What theme/edit-text.js uses of CodeMirror, in one file for the pages: ./bundle makes it.

export { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
export { rust } from "@codemirror/lang-rust";
export { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
export { lintGutter, setDiagnostics } from "@codemirror/lint";
export { EditorState } from "@codemirror/state";
export { EditorView, keymap, lineNumbers } from "@codemirror/view";
export { tags } from "@lezer/highlight";
