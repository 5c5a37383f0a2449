// SPDX-License-Identifier: Apache-2.0
// Sends a form again by itself after the seconds it names: it was refused for want of time alone.
"use strict";

(() => {
  const form = document.querySelector("form[data-again]");
  if (!form) return;
  for (const place of document.querySelectorAll("[data-by-itself]")) place.hidden = false;
  // Those who were refused together do not all come back together.
  const seconds = Number(form.dataset.again) * (1 + Math.random());
  window.setTimeout(() => form.requestSubmit(), seconds * 1000);
})();
