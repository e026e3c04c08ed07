/**
 * Search, filters and sorting of the table of findings, and short tables beside charts opened for paper. It makes nothing but options, buttons and order out of what the
 * page already holds, and puts in text as text.
 */
export const SCRIPT = `(() => {
  'use strict';
  const brief = document.querySelectorAll('details.brief:not([open])');
  addEventListener('beforeprint', () => brief.forEach((each) => each.setAttribute('open', '')));
  addEventListener('afterprint', () => brief.forEach((each) => each.removeAttribute('open')));

  const form = document.getElementById('controls');
  const table = document.getElementById('findings-table');
  if (!form || !table) return;
  const body = table.tBodies[0];
  const shown = document.getElementById('shown');
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const cellText = (row, index) => row.cells[index].textContent;
  const OWNER = 3;
  const rows = Array.from(body.rows, (row, order) => ({
    row,
    order,
    words: row.textContent.toLowerCase(),
    severity: row.cells[0].dataset.v,
    rule: row.dataset.r,
    state: row.dataset.k,
    owner: cellText(row, OWNER),
    advice: row.querySelector('.advice'),
  }));

  const owners = Array.from(new Set(rows.map((each) => each.owner))).sort(compare);
  owners.forEach((owner, index) => {
    form.elements.owner.add(new Option(owner || form.dataset.none, String(index)));
  });
  const ownerIndex = new Map(owners.map((owner, index) => [owner, String(index)]));
  for (const each of rows) each.owner = ownerIndex.get(each.owner);

  const FILTERS = ['severity', 'rule', 'owner', 'state'];
  const folded = document.getElementById('folded');
  const NOTE = '2';
  const more = document.getElementById('more');
  // Cards on a phone are tall: they come by the dozen.
  const STEP = matchMedia('(max-width: 44rem)').matches ? 48 : Infinity;
  let limit = STEP;
  const number = (count) => String(count).replace(/\\B(?=(\\d{3})+$)/g, ',');

  /** Advice is seen once for all findings of a rule that stand together. */
  function adviseOnce() {
    let last = null;
    for (const each of rows) {
      if (each.row.hidden) continue;
      if (each.advice) each.advice.hidden = each.rule === last;
      last = each.rule;
    }
  }

  function filter() {
    const terms = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = FILTERS.map((name) => [name, form.elements[name] ? form.elements[name].value : '']).filter(
      (each) => each[1] !== '',
    );
    // Whoever searches or picks a rule means the notes too.
    const isFolding = terms.length === 0 && form.elements.rule.value === '' && form.elements.severity.value === 'main';
    const holds = (each, name, value) =>
      value === 'main' ? !isFolding || each.severity !== NOTE : each[name] === value;
    let count = 0;
    for (const each of rows) {
      const fits =
        wanted.every(([name, value]) => holds(each, name, value)) && terms.every((term) => each.words.includes(term));
      if (fits) count += 1;
      const isSeen = fits && count <= limit;
      if (each.row.hidden === isSeen) each.row.hidden = !isSeen;
    }
    more.hidden = count <= limit;
    adviseOnce();
    const text = form.dataset.shown.replace('{shown}', number(Math.min(count, limit))).replace('{total}', number(rows.length));
    if (shown.textContent !== text) shown.textContent = text;
    if (folded) folded.hidden = !isFolding;
  }

  const heads = Array.from(table.tHead.rows[0].cells);
  const isAmount = (index) => index === heads.length - 1;
  const valueOf = (each, index) => {
    const value = each.row.cells[index].dataset.v;
    return value === undefined ? null : Number(value);
  };

  /** What has no value stands last, whichever way the others are sorted. */
  function byColumn(index, sign) {
    const key = (each) => (index === 0 || isAmount(index) ? valueOf(each, index) : cellText(each.row, index) || null);
    const keys = new Map(rows.map((each) => [each, key(each)]));
    const currency = (each) => (isAmount(index) ? each.row.cells[index].dataset.c || '\\uffff' : '');
    const group = (a, b) => (currency(a) < currency(b) ? -1 : Number(currency(a) > currency(b)));
    return (a, b) => {
      const left = keys.get(a);
      const right = keys.get(b);
      if (left === null || right === null) return (left === null) - (right === null) || a.order - b.order;
      return group(a, b) || sign * (typeof left === 'number' ? left - right : compare(left, right)) || a.order - b.order;
    };
  }

  const firstWay = (index) => (isAmount(index) ? 'descending' : 'ascending');

  /** The next way of a column: its first, the other one, then that of the page. */
  function nextWay(index) {
    const before = heads[index].getAttribute('aria-sort');
    if (before === null) return firstWay(index);
    return before !== firstWay(index) ? null : isAmount(index) ? 'ascending' : 'descending';
  }

  /** Puts the rows in the order of a column, or in that of the page. */
  function sort(index, next) {
    for (const each of heads) each.removeAttribute('aria-sort');
    form.elements.sort.value = next === null ? '' : String(index);
    if (next === null) rows.sort((a, b) => a.order - b.order);
    else {
      heads[index].setAttribute('aria-sort', next);
      rows.sort(byColumn(index, next === 'ascending' ? 1 : -1));
    }
    body.append(...rows.map((each) => each.row));
    filter();
  }

  heads.forEach((head, index) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.dataset.title = head.textContent;
    button.addEventListener('click', () => sort(index, nextWay(index)));
    head.replaceChildren(button);
  });

  function refine() {
    limit = STEP;
    filter();
  }

  more.addEventListener('click', () => {
    limit += STEP;
    filter();
  });

  let waiting = 0;
  form.elements.search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(refine, 120);
  });
  form.addEventListener('change', (event) => {
    const { name, value } = event.target;
    if (name !== 'sort') return refine();
    if (value === '') sort(0, null);
    else sort(Number(value), firstWay(Number(value)));
  });
  function showAll() {
    form.elements.severity.value = '';
    limit = STEP;
    sort(0, null);
  }
  form.addEventListener('reset', () => setTimeout(showAll));

  /** The findings of one rule, and nothing else that was asked for before. */
  function showRule(rule) {
    form.reset();
    form.elements.severity.value = '';
    form.elements.rule.value = rule;
    limit = STEP;
    sort(0, null);
  }
  for (const link of document.querySelectorAll('a[data-rule]')) {
    link.addEventListener('click', () => {
      showRule(link.dataset.rule);
    });
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    refine();
  });
  form.hidden = false;
  shown.hidden = false;
  filter();
})();
`;
