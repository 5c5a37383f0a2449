// SPDX-License-Identifier: Apache-2.0
// Conveniences for forms of choices: a changed select with data-sends sends its form.
"use strict";

document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-sends]")) event.target.form.requestSubmit();
});
