"use strict";
// Single lives and the motor units of single people.
let life = 2;
function drawLives() {
  const own = fresh("lives-controls"),
    lives = data.lives;
  life = Math.min(life, lives.people.length - 1);
  pick(
    own,
    "Person",
    lives.people.map((p) => p.words),
    life,
    (i) => {
      life = i;
      plot();
    },
  );
  node("span", { class: "note" }, own, `chosen by ${lives.chosen}`);
  const plot = () => {
    const grid = node("div", { class: "grid" }, fresh("lives")),
      person = lives.people[life];
    const first = (list) => list.reduce((n, v, i) => (known(v) ? i : n), 0);
    const courses = Object.values(person.courses).flatMap((byArm) => Object.values(byArm));
    const end = Math.max(...courses.map(first), 1);
    const x = lives.x.slice(0, end + 1);
    lives.variables.forEach((name) => {
      const lines = arms().map(({ i, name: arm, words }) => ({
        words,
        colour: armColour(i),
        values: person.courses[name][arm].slice(0, end + 1),
      }));
      const of = data.variables[name] && data.variables[name].muscle ? `, ${spoken(data.muscle)}` : "";
      lineChart(grid, {
        title: (data.variables[name] || { words: spoken(name) }).words + of,
        unit: (data.variables[name] || { axis: "" }).axis,
        lines,
        x,
        axis: lives.axis,
        height: 150,
        alt: `${spoken(name)} of ${person.words}. ${ends(lines)}.`,
      });
    });
    eventStrip(document.getElementById("lives"), person, x[0], x[x.length - 1]);
  };
  plot();
}

function eventStrip(host, person, x0, x1) {
  const panel = node("div", { class: "panel", style: "margin-top:1rem" }, host);
  node("h3", {}, panel, "Events of that life");
  const shown = arms(),
    width = Math.max(280, panel.clientWidth || 340),
    left = 132,
    row = Math.max(16, 4 + 5 * shown.length);
  const height = 40 + person.events.length * row;
  const px = (v) => left + ((width - left - 12) * (v - x0)) / (x1 - x0 || 1);
  const svg = svgNode(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": `Events of ${person.words}: ${person.events.map(({ words, at }) => `${words} ${data.arms.map(({ name }) => at[name].length).join(", ")} times by arm`).join("; ")}.`,
    },
    panel,
  );
  person.events.forEach(({ words, at }, k) => {
    svgNode(
      "line",
      { x1: left, x2: width - 12, y1: k * row + row - 1, y2: k * row + row - 1, stroke: "var(--grid)" },
      svg,
    );
    svgNode("text", { x: left - 8, y: k * row + row / 2 + 4, "text-anchor": "end" }, svg, words);
    shown.forEach(({ i, name }, place) => {
      for (const age of at[name])
        svgNode(
          "line",
          {
            x1: px(age),
            x2: px(age),
            y1: k * row + 2 + 5 * place,
            y2: k * row + 7 + 5 * place,
            stroke: armColour(i),
            "stroke-width": 2,
          },
          svg,
        );
    });
  });
  for (const v of ticks(x0, x1, width / 90))
    svgNode("text", { x: px(v), y: height - 22, "text-anchor": "middle" }, svg, short(v));
  svgNode("text", { x: (left + width - 12) / 2, y: height - 6, "text-anchor": "middle" }, svg, data.lives.axis.title);
}

const unitChoice = { person: 0, arm: 0 };
function drawUnits() {
  const own = fresh("units-controls");
  if (data.units.people.length > 1)
    pick(own, "Person", data.units.people, unitChoice.person, (i) => {
      unitChoice.person = i;
      plot();
    });
  if (data.arms.length > 1)
    pick(
      own,
      "Arm",
      data.arms.map((a) => a.words),
      unitChoice.arm,
      (i) => {
        unitChoice.arm = i;
        plot();
      },
    );
  const plot = () => {
    const grid = node("div", { class: "grid two" }, fresh("units"));
    const mine = data.units.pools
      .filter(
        (p) =>
          p.person === unitChoice.person &&
          p.arm === data.arms[unitChoice.arm].name &&
          p.muscle === data.muscles[choice.muscle],
      )
      .sort((a, b) => a.age - b.age);
    if (!mine.length) {
      node("p", { class: "note" }, grid, "There are no snapshots of this muscle, person and arm.");
      return;
    }
    const top = Math.max(...mine.flatMap((p) => [...p.fibres, ...p.youth]));
    mine.forEach((pool) => unitPanel(grid, pool, mine[0], top));
  };
  plot();
}

function unitPanel(grid, pool, youth, top) {
  const panel = node("div", { class: "panel" }, grid);
  node("h3", {}, panel, `At ${short(pool.age)}: ${pool.rank.length} of ${youth.rank.length} units`);
  const times = short(pool.meanFibres / youth.meanYouthFibres);
  node(
    "p",
    {},
    panel,
    `on average ${short(pool.meanFibres)} fibres a unit, ${times === "1" ? "as in youth" : `${times} times youth`}`,
  );
  const width = Math.max(260, panel.clientWidth || 340),
    height = 180,
    left = 46,
    bottom = 22,
    y = (v) => (height - bottom) * (1 - Math.sqrt(v / top)) + 8 * Math.sqrt(v / top);
  const svg = svgNode(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": `Motor units at ${short(pool.age)}: ${pool.rank.length} of ${youth.rank.length} left, mean size ${short(pool.meanFibres)} fibres.`,
    },
    panel,
  );
  const marks = ticks(0, top, 2).flatMap((v, i, all) => (i === 1 ? [v / 10, v / 2, v] : [v]));
  for (const v of marks) {
    svgNode("line", { x1: left, x2: width, y1: y(v), y2: y(v), stroke: "var(--grid)" }, svg);
    svgNode("text", { x: left - 5, y: y(v) + 4, "text-anchor": "end" }, svg, short(v));
  }
  svgNode(
    "text",
    { x: (left + width) / 2, y: height - 4, "text-anchor": "middle" },
    svg,
    "recruited first → last; fibres of a unit (root scale)",
  );
  const order = youth.rank.map((rank, i) => ({ rank, n: youth.youth[i] })).sort((a, b) => a.rank - b.rank);
  const now = new Map(pool.rank.map((rank, i) => [rank, pool.fibres[i]]));
  const step = (width - left) / order.length,
    bar = Math.max(0.6, step * 0.8);
  order.forEach(({ rank, n }, i) => {
    const x = left + i * step;
    svgNode(
      "rect",
      { x, width: bar, y: y(n), height: height - bottom - y(n), fill: "var(--soft)", opacity: 0.3 },
      svg,
    );
    const v = now.get(rank);
    if (v)
      svgNode(
        "rect",
        {
          x: x + bar * 0.15,
          width: bar * 0.7,
          y: y(v),
          height: height - bottom - y(v),
          fill: armColour(data.arms.findIndex(({ name }) => name === pool.arm)),
          opacity: 0.85,
        },
        svg,
      );
  });
}
