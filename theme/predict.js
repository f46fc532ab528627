// Makes a form of each quiz, and covers what a figure shows until its quiz is answered.
// Without this script the answer is in a fold and nothing is covered.

import { make } from "./make.js";

/** Under this name the browser remembers the reader's answers: question to choice. */
const REMEMBERED = "waiting-well-predictions";

/** @returns {Record<string, string>} */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}");
  } catch {
    // A browser that remembers nothing asks again.
    return {};
  }
}

/** A question with its choices, and the figures that give the answer. */
class Quiz {
  /**
   * @param {HTMLElement} section
   * @param {number} number of the quiz in its page
   */
  constructor(section, number) {
    const question = /** @type {HTMLElement} */ (section.querySelector("p"));
    const list = /** @type {HTMLElement} */ (section.querySelector("ul"));
    const fold = /** @type {HTMLElement} */ (section.querySelector("details"));
    this.section = section;
    this.question = question.textContent ?? "";
    // The sentence of the right choice comes first.
    const order = (fold.dataset.order ?? "").split(" ").map(Number);
    this.right = order[0];
    const answers = fold.querySelectorAll("li");
    const choices = [...list.children];
    this.texts = choices.map((choice) => choice.textContent ?? "");
    this.sentences = choices.map((_, index) => {
      const answer = answers[order.indexOf(index)];
      const parts = /** @type {HTMLElement[]} */ ([...answer.querySelectorAll("strong:first-child, .why")]);
      return make("p", { className: "sentence" }, parts[0], " ", parts[1]);
    });
    this.inputs = choices.map(() => make("input", { type: "radio", name: `predict-${number}`, required: true }));
    this.fieldset = make("fieldset", {}, make("legend", {}, ...question.childNodes));
    choices.forEach((choice, index) => {
      const said = make("span", {}, ...choice.childNodes);
      this.fieldset.append(make("label", {}, this.inputs[index], said), this.sentences[index]);
    });
    this.check = make("button", {}, "Check");
    this.show = make("button", { type: "button", onclick: () => this.answer("") }, "Show me");
    this.again = make("button", { type: "button", onclick: () => this.answer() }, "Ask me again");
    this.verdict = make("p", { className: "verdict", role: "status" });
    const form = make("form", {}, this.fieldset, this.check, this.show, this.again, this.verdict);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.answer(this.texts[this.inputs.findIndex((input) => input.checked)]);
    });
    section.replaceChildren(form);
    /** @type {HTMLElement[]} */
    this.outcomes = [];
    /** @type {HTMLElement[]} */
    this.covers = [];
    this.draw(remembered()[this.question]);
  }

  /** @param {HTMLElement} outcome what a figure says about a run */
  cover(outcome) {
    const open = make("button", { type: "button" }, "Show the output");
    open.addEventListener("click", () => {
      this.answer("");
      outcome.focus();
    });
    const cover = make("div", { className: "cover" }, "Predict it above, or ", open);
    outcome.before(cover);
    outcome.tabIndex = -1;
    this.outcomes.push(outcome);
    this.covers.push(cover);
    this.draw(remembered()[this.question]);
  }

  /** @param {string} [text] the choice; empty if the reader gave up, none to ask again */
  answer(text) {
    try {
      // What is undefined is left out.
      localStorage.setItem(REMEMBERED, JSON.stringify({ ...remembered(), [this.question]: text }));
    } catch {
      // A browser that remembers nothing asks again.
    }
    this.draw(text);
    if (text === undefined) this.inputs[0].focus();
    else this.again.focus();
  }

  /** @param {string} [text] as above */
  draw(text) {
    const chosen = this.texts.indexOf(text ?? "");
    // A choice that isn't there anymore is no answer.
    const answered = chosen >= 0 || text === "";
    this.section.classList.toggle("is-answered", answered);
    this.fieldset.disabled = answered;
    this.inputs.forEach((input, index) => { input.checked = index === chosen; });
    this.check.hidden = this.show.hidden = answered;
    this.again.hidden = !answered;
    this.verdict.textContent = answered ? this.sentences[chosen < 0 ? this.right : chosen].textContent : "";
    for (const outcome of this.outcomes) outcome.classList.toggle("is-shown", answered);
    for (const cover of this.covers) cover.hidden = answered;
  }
}

/** @type {Map<string | undefined, Quiz>} the quiz above, by the name of its listing */
const quizzes = new Map();
let number = 0;
for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("section.predict, .outcome"))) {
  const { listing, quiz } = part.dataset;
  if (quiz) quizzes.get(quiz)?.cover(part);
  else quizzes.set(listing, new Quiz(part, number++));
}
