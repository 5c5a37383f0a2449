// SPDX-License-Identifier: Apache-2.0
// Counts down to an instant in the reader's own clock and names it in the reader's own zone.
"use strict";

(() => {
  const language = document.documentElement.lang || "en";
  const parts = (seconds) => {
    const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
    const shown = [];
    for (const [unit, size] of units) {
      const value = Math.floor(seconds / size);
      seconds -= value * size;
      if (value || shown.length) {
        shown.push(new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(value));
      }
      if (shown.length === 2) break;
    }
    return shown.join(" ");
  };
  const tick = () => {
    for (const place of document.querySelectorAll("time[data-countdown]")) {
      const left = (Date.parse(place.dateTime) - Date.now()) / 1000;
      if (left > 0) place.textContent = parts(left);
      else if (!place.dataset.over) {
        place.dataset.over = "yes";
        place.textContent = "0";
        window.setTimeout(() => window.location.reload(), 3000 + Math.random() * 4000);
      }
    }
  };
  for (const place of document.querySelectorAll("[data-local]")) {
    const at = new Date(place.getAttribute("datetime"));
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    place.textContent = `· ${at.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" })} (${zone})`;
  }
  tick();
  window.setInterval(tick, 1000);
})();
