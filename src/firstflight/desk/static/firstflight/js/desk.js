// SPDX-License-Identifier: Apache-2.0
// Forms that save themselves never lose a text: what could not be saved stays, is said, and is
// tried again. Everything works without this file, by its buttons.

const RETRY_AFTER = 8000;

function csrfToken() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : null;
}

// A sign-in in another tab renews the token; the one in this page would be refused.
document.addEventListener("htmx:configRequest", (event) => {
  const token = csrfToken();
  const { parameters } = event.detail;
  if (token && parameters.has("csrfmiddlewaretoken")) {
    parameters.set("csrfmiddlewaretoken", token);
  }
});

// A refusal is an answer too, and is shown where the answer belongs.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-status]");
  let edits = 0;
  let sent = 0;
  let kept = 0;

  const say = (text) => {
    const note = document.createElement("p");
    note.className = "errorlist";
    note.textContent = text;
    status.replaceChildren(note);
  };
  const tryAgain = () => window.setTimeout(() => {
    if (edits > kept) htmx.trigger(form, "submit");
  }, RETRY_AFTER);

  form.addEventListener("input", (event) => {
    if (event.target.name) edits += 1;
    form.dataset.kept = "no";
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target !== form) return;
    const asked = event.detail.requestConfig.triggeringEvent;
    if (edits === kept && asked && asked.type !== "submit") event.preventDefault();
    sent = edits;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) return;
    const { xhr } = event.detail;
    if (xhr.status >= 200 && xhr.status < 300) {
      kept = sent;
      form.dataset.kept = edits > kept ? "no" : "yes";
    } else if (xhr.status === 401 || xhr.status === 403) {
      say(form.dataset.signedOut);
      tryAgain();
    } else if (![409, 422].includes(xhr.status)) {
      say(form.dataset.offline);
      tryAgain();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (edits > kept) event.preventDefault();
  });
}

// A picture goes where the writer was last writing.
let lastText = null;
document.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) lastText = event.target;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button || !lastText) return;
  const { selectionStart, selectionEnd } = lastText;
  lastText.setRangeText(`\n\n${button.dataset.insert}\n\n`, selectionStart, selectionEnd, "end");
  lastText.dispatchEvent(new Event("input", { bubbles: true }));
  lastText.focus();
});
