"use strict";
// Drawing: charts of lines and of dots with intervals, in plain SVG, with values under the pointer or the arrow keys.
const data = JSON.parse(document.getElementById("data").textContent);
const tip = document.getElementById("tip");
const armColour = (i) => `var(--arm${i === 0 ? 0 : 1 + ((i - 1) % 6)})`;
const short = (v) =>
  v === null || !Number.isFinite(v)
    ? "–"
    : Math.abs(v) >= 1000
      ? Math.round(v).toLocaleString("en")
      : String(Number(v.toPrecision(3)));
const mark = (v) => (Math.abs(v) >= 1000 ? short(v) : String(Number(v.toPrecision(6))));
// A point of an axis in words: an age as a number, a time with its unit.
const moment = (axis, v) => (axis.isAge ? short(v) : `${short(v)} ${axis.unit}`);
const signed = (v) => (v > 0 ? "+" : "") + short(v);
const known = (v) => v !== null && v !== undefined && Number.isFinite(v);

function svgNode(name, attributes, parent, text) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  if (text !== undefined) node.textContent = text;
  if (parent) parent.appendChild(node);
  return node;
}

function node(name, attributes, parent, text) {
  const made = document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.appendChild(made);
  return made;
}

// Round numbers that span a range, about `count` of them.
function ticks(low, high, count) {
  const raw = (high - low) / Math.max(count, 1);
  if (!(raw > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw);
  const found = [];
  for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + step * 1e-9; v += step)
    found.push(Math.abs(v) < step * 1e-9 ? 0 : v);
  return found;
}

// Marks of a logarithmic axis: even ones where it spans little, else those one reads easily.
function logTicks(low, high) {
  const found = high / low < 3 ? ticks(low, high, 7) : [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
  return found.filter((v) => v >= low && v <= high);
}

// A row's name above its dots, with its label in short, cut to fit a narrow chart.
function narrowWords(row, width) {
  const label = row.label ? `: ${row.label.replace("years ", "y ")}` : "";
  const room = Math.floor(width / 6.8) - label.length;
  return (row.words.length > room ? `${row.words.slice(0, room - 1)}…` : row.words) + label;
}

function extent(lists) {
  let low = Infinity,
    high = -Infinity;
  for (const list of lists)
    for (const v of list)
      if (known(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
  return low <= high ? [low, high] : [0, 1];
}

function showTip(event, title, rows) {
  tip.replaceChildren();
  node("b", {}, tip, title);
  for (const row of rows) {
    const line = node("div", {}, tip);
    if (row.colour) node("i", { style: `background:${row.colour}` }, line);
    line.append(row.text);
  }
  tip.style.display = "block";
  const box = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 6))}px`;
  tip.style.top = `${Math.max(4, event.clientY - box.height - 12)}px`;
}
const hideTip = () => {
  tip.style.display = "none";
};

// Places labels so that none covers another: [{y, place, ...}] in pixels, within low..high. Lines that end together
// (within a line's width) keep the order of their places, so that it is the same in every chart.
function apart(labels, gap, low, high) {
  labels.sort((a, b) => a.y - b.y);
  for (let from = 0, i = 1; i <= labels.length; i++)
    if (i === labels.length || labels[i].y - labels[i - 1].y > 3) {
      const together = labels.slice(from, i).sort((a, b) => a.place - b.place);
      const heights = together.map((l) => l.y).sort((a, b) => a - b);
      together.forEach((l, k) => (labels[from + k] = { ...l, y: heights[k] }));
      from = i;
    }
  for (let i = 0; i < labels.length; i++)
    labels[i].y = Math.max(labels[i].y, i ? labels[i - 1].y + gap : low + gap / 2);
  const over = labels.length ? labels[labels.length - 1].y - (high - gap / 3) : 0;
  if (over > 0)
    for (let i = labels.length - 1; i >= 0; i--)
      labels[i].y = Math.min(labels[i].y, i === labels.length - 1 ? high - gap / 3 : labels[i + 1].y - gap);
  return labels;
}

// A chart of lines: {title, note, alt, x, axis, unit, lines: [{words, colour, values, low, high}], zero, from0, height}.
function lineChart(parent, spec) {
  const panel = node("div", { class: "panel" }, parent);
  if (spec.title) node("h3", {}, panel, spec.title);
  if (spec.note) node("p", {}, panel, spec.note);
  const width = Math.max(260, Math.round(panel.clientWidth || 340)),
    height = spec.height || 190;
  const longest = Math.max(0, ...spec.lines.map((l) => l.words.length));
  const right = spec.lines.length > 1 && width > 300 ? Math.min(150, 16 + longest * 6.7) : 14;
  const left = 46,
    top = 22,
    bottom = 34;
  const [x0, x1] = [spec.x[0], spec.x[spec.x.length - 1]];
  let [y0, y1] = extent(spec.lines.flatMap((l) => [l.values, l.low || [], l.high || []]));
  if (spec.zero) {
    y0 = Math.min(y0, 0);
    y1 = Math.max(y1, 0);
  }
  if (spec.from0) {
    y0 = 0;
    y1 = Math.max(y1, 0.02);
  }
  if (y0 === y1) {
    y0 -= 0.5;
    y1 += 0.5;
  }
  const pad = spec.from0 ? 0 : 0.04 * (y1 - y0);
  y0 -= pad;
  y1 += 0.04 * (y1 - y0);
  const px = (v) => left + ((width - left - right) * (v - x0)) / (x1 - x0 || 1);
  const py = (v) => top + (height - top - bottom) * (1 - (v - y0) / (y1 - y0));
  const svg = svgNode(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", tabindex: 0, "aria-label": spec.alt },
    panel,
  );
  for (const v of ticks(y0, y1, 4)) {
    svgNode(
      "line",
      {
        x1: left,
        x2: width - right,
        y1: py(v),
        y2: py(v),
        stroke: v === 0 && spec.zero ? "var(--soft)" : "var(--grid)",
      },
      svg,
    );
    svgNode("text", { x: left - 6, y: py(v) + 4, "text-anchor": "end" }, svg, mark(v));
  }
  for (const v of ticks(x0, x1, (width - left - right) / 38)) {
    const anchor = right > 14 && px(v) > width - right - 12 ? "end" : "middle";
    svgNode("text", { x: px(v), y: height - bottom + 16, "text-anchor": anchor }, svg, mark(v));
  }
  svgNode("text", { x: (left + width - right) / 2, y: height - 3, "text-anchor": "middle" }, svg, spec.axis.title);
  svgNode("text", { x: 2, y: 9 }, svg, spec.unit);
  const path = (values) => {
    let d = "",
      pen = "M";
    values.forEach((v, i) => {
      if (known(v)) {
        d += `${pen}${px(spec.x[i]).toFixed(1)} ${py(v).toFixed(1)}`;
        pen = "L";
      } else pen = "M";
    });
    return d;
  };
  for (const l of spec.lines)
    if (l.low) {
      const there = spec.x.map((_, i) => i).filter((i) => known(l.low[i]) && known(l.high[i]));
      const points = [
        ...there.map((i) => [spec.x[i], l.high[i]]),
        ...there.reverse().map((i) => [spec.x[i], l.low[i]]),
      ];
      svgNode(
        "polygon",
        {
          points: points.map(([a, b]) => `${px(a).toFixed(1)},${py(b).toFixed(1)}`).join(" "),
          fill: l.colour,
          opacity: 0.16,
        },
        svg,
      );
    }
  for (const l of [...spec.lines].reverse())
    svgNode(
      "path",
      { d: path(l.values), fill: "none", stroke: l.colour, "stroke-width": 2, "stroke-linejoin": "round" },
      svg,
    );
  if (right > 14) {
    const ends = spec.lines
      .map((l, place) => ({ l, place, v: l.values.filter(known).pop() }))
      .filter((e) => known(e.v))
      .map((e) => ({ y: py(e.v), place: e.place, l: e.l }));
    for (const e of apart(ends, 13, top - 8, height - bottom + 8))
      svgNode("text", { x: width - right + 6, y: e.y + 4, style: `fill:${e.l.colour}` }, svg, e.l.words);
  }
  const cursor = svgNode(
    "line",
    { y1: top, y2: height - bottom, stroke: "var(--soft)", "stroke-dasharray": "3 3", visibility: "hidden" },
    svg,
  );
  const point = (i, event) => {
    cursor.setAttribute("x1", px(spec.x[i]));
    cursor.setAttribute("x2", px(spec.x[i]));
    cursor.setAttribute("visibility", "visible");
    const rows = spec.lines
      .filter((l) => known(l.values[i]))
      .sort((a, b) => b.values[i] - a.values[i])
      .map((l) => ({
        colour: l.colour,
        text: `${l.words}: ${short(l.values[i])}${l.low && known(l.low[i]) ? ` (${short(l.low[i])} to ${short(l.high[i])})` : ""}`,
      }));
    showTip(event, `${spec.axis.quantity} ${moment(spec.axis, spec.x[i])}`, rows);
  };
  let at = spec.x.length - 1;
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    const x = x0 + ((x1 - x0) * (((event.clientX - box.left) * width) / box.width - left)) / (width - left - right);
    at = spec.x.reduce((best, v, i) => (Math.abs(v - x) < Math.abs(spec.x[best] - x) ? i : best), 0);
    point(at, event);
  });
  const leave = () => {
    cursor.setAttribute("visibility", "hidden");
    hideTip();
  };
  svg.addEventListener("pointerleave", leave);
  svg.addEventListener("blur", leave);
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    at = Math.max(0, Math.min(spec.x.length - 1, at + step));
    const box = svg.getBoundingClientRect();
    point(at, { clientX: box.left + (px(spec.x[at]) * box.width) / width, clientY: box.top + 40 });
  });
  return svg;
}

// Dots with intervals in rows: {alt, axis, log, reference, rows: [{words, head, dots: [{colour, words, value, low, high, text}]}]}.
function dotChart(parent, spec) {
  const panel = node("div", { class: "panel" }, parent);
  if (spec.title) node("h3", {}, panel, spec.title);
  if (spec.note) node("p", {}, panel, spec.note);
  const width = Math.max(280, Math.round(panel.clientWidth || 340));
  const longest = Math.max(0, ...spec.rows.map((r) => r.words.length));
  const narrow = width < 520;
  const left = narrow ? 8 : Math.min(0.45 * width, 16 + longest * 6.3),
    right = spec.label ? (narrow ? 12 : 150) : 16,
    top = 8,
    bottom = 36;
  const gap = spec.gap || 11,
    above = narrow ? 16 : 0;
  const heights = spec.rows.map(
    (r) => (r.head ? 34 : 10) + above + Math.max(1, spec.merge ? 1 : r.dots.length) * gap,
  );
  const height = top + bottom + heights.reduce((a, b) => a + b, 0);
  const change = spec.log ? Math.log : (v) => v;
  let [x0, x1] = extent([
    spec.rows.flatMap((r) =>
      r.dots.flatMap((d) => [d.value, d.low, d.high].filter((v) => known(v) && (!spec.log || v > 0)).map(change)),
    ),
  ]);
  if (spec.span) [x0, x1] = spec.span;
  if (spec.reference !== undefined) {
    x0 = Math.min(x0, change(spec.reference));
    x1 = Math.max(x1, change(spec.reference));
  }
  const pad = 0.05 * (x1 - x0) || 0.5;
  x0 -= pad;
  x1 += pad;
  const px = (v) => left + ((width - left - right) * (change(v) - x0)) / (x1 - x0);
  const svg = svgNode("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": spec.alt }, panel);
  const marks = spec.log ? logTicks(Math.exp(x0), Math.exp(x1)) : ticks(x0, x1, (width - left - right) / 80);
  let free = -Infinity;
  for (const v of marks) {
    const mid = v === spec.reference;
    svgNode(
      "line",
      { x1: px(v), x2: px(v), y1: top, y2: height - bottom, stroke: mid ? "var(--soft)" : "var(--grid)" },
      svg,
    );
    if (px(v) - free > 34 || mid) {
      svgNode("text", { x: px(v), y: height - bottom + 15, "text-anchor": "middle" }, svg, mark(v));
      free = px(v);
    }
  }
  if (known(spec.line))
    svgNode(
      "line",
      {
        x1: px(spec.line),
        x2: px(spec.line),
        y1: top,
        y2: height - bottom,
        stroke: "var(--ink)",
        "stroke-dasharray": "4 3",
      },
      svg,
    );
  svgNode("text", { x: (left + width - right) / 2, y: height - 4, "text-anchor": "middle" }, svg, spec.axis);
  let y = top;
  const parted = !spec.merge && spec.rows.some((row) => row.dots.length > 1);
  spec.rows.forEach((row, r) => {
    if (parted && r) {
      const between = y + (narrow ? 3 : 2);
      svgNode("line", { x1: narrow ? left : 0, x2: width - right, y1: between, y2: between, stroke: "var(--grid)" }, svg);
    }
    if (row.head) {
      const head = 7.4 * row.head.length > width ? row.head.split(":")[0] : row.head;
      svgNode("text", { x: narrow ? left : 0, y: y + 17, class: "strong", "font-weight": 600 }, svg, head);
    }
    const first = y + (row.head ? 34 : 10) + above;
    const middle = first + ((Math.max(1, spec.merge ? 1 : row.dots.length) - 1) * gap) / 2;
    if (narrow) svgNode("text", { x: left, y: first - 9 }, svg, narrowWords(row, width));
    else svgNode("text", { x: left - 10, y: middle + 4, "text-anchor": "end" }, svg, row.words);
    row.dots.forEach((d, i) => {
      if (!known(d.value) || (spec.log && d.value <= 0)) return;
      const at = spec.merge ? first : first + i * gap;
      const g = svgNode("g", {}, svg);
      if (known(d.low) && known(d.high))
        svgNode("line", { x1: px(d.low), x2: px(d.high), y1: at, y2: at, stroke: d.colour, "stroke-width": 2 }, g);
      svgNode("circle", { cx: px(d.value), cy: at, r: 4, fill: d.colour, stroke: "var(--page)" }, g);
      svgNode("rect", { x: px(d.value) - 12, y: at - gap / 2, width: 24, height: gap, fill: "transparent" }, g);
      g.addEventListener("pointermove", (event) => showTip(event, row.words, [{ colour: d.colour, text: d.text }]));
      g.addEventListener("pointerleave", hideTip);
    });
    if (spec.label && !narrow && row.label) svgNode("text", { x: width - right + 12, y: middle + 4 }, svg, row.label);
    y += heights[r];
  });
  return svg;
}
