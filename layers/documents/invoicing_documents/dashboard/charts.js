// Charts: a table whose rows have bars, so that whoever does not see the bars reads the same figures.

function bar(value, least, most) {
  const span = most - least || 1;
  const start = ((Math.min(value, 0) - least) / span) * 100;
  const width = (Math.abs(value) / span) * 100;
  return drawing("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    drawing("rect", { class: value < 0 ? "below" : "above", x: start, y: 0, width, height: 10 }));
}

// rows: [name, amount] with amounts as texts of one currency.
function chart(caption, heads, rows, currency) {
  const values = rows.map(([, amount]) => Number(amount));
  const least = Math.min(0, ...values), most = Math.max(0, ...values);
  const body = rows.map(([name, amount], index) => element("tr", {},
    element("th", { scope: "row" }, name),
    element("td", { class: "of-bar", "aria-hidden": "true" }, bar(values[index], least, most)),
    amountCell(amount, currency)));
  return element("table", { class: "chart" },
    element("caption", { class: "unseen" }, caption),
    element("thead", { class: "unseen" }, element("tr", {},
      element("th", { scope: "col" }, heads[0]),
      element("td", { "aria-hidden": "true" }),
      element("th", { scope: "col" }, heads[1]))),
    element("tbody", {}, body));
}
