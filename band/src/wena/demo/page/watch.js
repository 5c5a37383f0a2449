// SPDX-License-Identifier: Apache-2.0
// Draws the watch on its strap: the dial tells the time, the clasp below it is the strap's own.

const SVG = "http://www.w3.org/2000/svg";

export const COLOURS = {
  red: "#ff4b3e", yellow: "#ffd33d", green: "#3ee07f", cyan: "#3fe4ee",
  blue: "#4d8dff", purple: "#b877ff", white: "#ffffff",
};

function add(parent, name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

function gradient(defs, id, stops, across) {
  const direction = across ? { x1: 0, x2: 1, y1: 0, y2: 0 } : { x1: 0, x2: 0, y1: 0, y2: 1 };
  const element = add(defs, "linearGradient", { id, ...direction });
  for (const [offset, colour] of stops) add(element, "stop", { offset, "stop-color": colour });
}

function links(svg, top, bottom, width) {
  const height = 15;
  for (let y = top; y + height <= bottom; y += height + 2) {
    const side = width * 0.27;
    const left = 150 - width / 2;
    add(svg, "rect", { x: left, y, width: side, height, rx: 3, fill: "url(#steel)" });
    add(svg, "rect", { x: left + side + 1.5, y: y + 1, width: width - 2 * side - 3, height: height - 2, rx: 3, fill: "url(#bright)" });
    add(svg, "rect", { x: left + width - side, y, width: side, height, rx: 3, fill: "url(#steel)" });
  }
}

function dial(svg) {
  const centre = { cx: 150, cy: 150 };
  add(svg, "path", { d: "M104 66 L110 48 H190 L196 66 Z M104 234 L110 252 H190 L196 234 Z", fill: "url(#steel)" });
  add(svg, "rect", { x: 246, y: 141, width: 13, height: 18, rx: 4, fill: "url(#steel)" });
  add(svg, "circle", { ...centre, r: 99, fill: "url(#bezel)" });
  add(svg, "circle", { ...centre, r: 91, fill: "#12161d" });
  add(svg, "circle", { ...centre, r: 89, fill: "url(#dial)" });
  for (let minute = 0; minute < 60; minute += 1) {
    const hour = minute % 5 === 0;
    const quarter = minute % 15 === 0;
    const length = hour ? (quarter ? 15 : 12) : 4;
    add(svg, "line", {
      x1: 150, x2: 150, y1: 66, y2: 66 + length, stroke: hour ? "#efe8da" : "#8b93a0",
      "stroke-width": hour ? (quarter ? 3.4 : 2.2) : 0.9, transform: `rotate(${minute * 6} 150 150)`,
    });
  }
  add(svg, "text", { x: 150, y: 112, "text-anchor": "middle", fill: "#efe8da", "font-size": 15, "font-family": "Georgia, serif", "letter-spacing": 1 }, "wena");
}

function hands(svg) {
  const made = {
    hour: add(svg, "path", { d: "M147 162 L147.4 104 L150 99 L152.6 104 L153 162 Z", fill: "#f6f0e4" }),
    minute: add(svg, "path", { d: "M148 166 L148.3 80 L150 74 L151.7 80 L152 166 Z", fill: "#f6f0e4" }),
    second: add(svg, "path", { d: "M149.4 174 L149.7 72 H150.3 L150.6 174 Z", fill: "#e2684f" }),
  };
  add(svg, "circle", { cx: 150, cy: 150, r: 4.2, fill: "#e2684f" });
  add(svg, "circle", { cx: 150, cy: 150, r: 1.4, fill: "#2a303a" });
  return made;
}

function clasp(svg) {
  add(svg, "ellipse", { cx: 150, cy: 386, rx: 105, ry: 66, class: "halo", filter: "url(#blur)" });
  add(svg, "rect", { x: 102, y: 330, width: 96, height: 112, rx: 15, fill: "url(#steel)" });
  add(svg, "rect", { x: 109, y: 338, width: 82, height: 88, rx: 9, fill: "#0b0e13" });
  add(svg, "rect", { x: 132, y: 431, width: 36, height: 5, rx: 2.5, class: "led" });
  const text = (y, size, weight) => add(svg, "text", {
    x: 150, y, "text-anchor": "middle", fill: "#e9eef5", "font-size": size, "font-weight": weight,
    "font-family": "system-ui, 'Noto Sans CJK JP', sans-serif",
  }, "");
  return [text(360, 10.5, 400), text(385, 16, 600), text(409, 10.5, 400)];
}

export function drawWatch(place) {
  const svg = add(place, "svg", { viewBox: "0 0 300 480", role: "img" });
  const title = add(svg, "title", {}, "");
  const defs = add(svg, "defs", {});
  gradient(defs, "steel", [[0, "#6f7885"], [0.3, "#c3c9d1"], [0.55, "#a3abb6"], [1, "#6a737f"]], true);
  gradient(defs, "bright", [[0, "#8f98a4"], [0.45, "#e9ecf0"], [1, "#8a939f"]], true);
  gradient(defs, "bezel", [[0, "#eef0f3"], [0.45, "#9aa3af"], [1, "#5c6571"]], false);
  gradient(defs, "dial", [[0, "#2c3a4d"], [1, "#151c27"]], false);
  add(add(defs, "filter", { id: "blur", x: "-60%", y: "-60%", width: "220%", height: "220%" }), "feGaussianBlur", { stdDeviation: 20 });
  links(svg, 0, 50, 76);
  links(svg, 251, 331, 76);
  links(svg, 444, 480, 70);
  dial(svg);
  const hand = hands(svg);
  const lines = clasp(svg);
  const short = (value, most) => ([...value].length > most ? [...value].slice(0, most - 1).join("") + "…" : value);
  return {
    tellTime(now) {
      const seconds = now.getSeconds();
      const minutes = now.getMinutes() + seconds / 60;
      const turn = (element, degrees) => element.setAttribute("transform", `rotate(${degrees} 150 150)`);
      turn(hand.second, seconds * 6);
      turn(hand.minute, minutes * 6);
      turn(hand.hour, ((now.getHours() % 12) + minutes / 60) * 30);
    },
    shine(colour, calling) {
      svg.classList.toggle("lit", Boolean(colour));
      svg.classList.toggle("calling", calling);
      svg.style.setProperty("--led", COLOURS[colour] ?? "transparent");
    },
    write(first, second, third) {
      lines[0].textContent = short(first, 13);
      lines[1].textContent = short(second, second.charCodeAt(0) > 0x2fff ? 5 : 9);
      lines[2].textContent = short(third, third.charCodeAt(0) > 0x2fff ? 7 : 14);
    },
    describe(text) { title.textContent = text; },
  };
}
