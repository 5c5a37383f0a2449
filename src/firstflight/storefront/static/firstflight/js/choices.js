// SPDX-License-Identifier: Apache-2.0
// Conveniences for forms of choices: a changed select with data-sends sends its form, and where the
// reader came from goes along to the choice in the address, so that it needs no cookie.
"use strict";

(() => {
  const asked = new URLSearchParams(window.location.search);
  const before = document.referrer ? new URL(document.referrer).hostname : "";
  const elsewhere = before === window.location.hostname ? "" : before;
  const source = asked.get("utm_source") || asked.get("ref") || elsewhere;
  if (!source) return;
  for (const link of document.querySelectorAll("a[data-choose]")) {
    link.search = new URLSearchParams([...new URLSearchParams(link.search), ["from", source]]);
  }
})();

document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-sends]")) event.target.form.requestSubmit();
});
