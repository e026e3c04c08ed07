/** What is amiss with a page for those who do not see it well, as a script for the page itself; a list of sentences. */
export const ACCESSIBILITY = `(() => {
  const amiss = [];
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
  const nameOf = (element) =>
    (element.getAttribute('aria-labelledby') || '')
      .split(' ')
      .map((id) => (document.getElementById(id) || { textContent: '' }).textContent)
      .join(' ')
      .trim() || (element.getAttribute('aria-label') || '').trim();

  if (!document.documentElement.lang) amiss.push('no language');
  if (!document.title.trim()) amiss.push('no title');
  for (const tag of ['h1', 'main']) if (all(tag).length !== 1) amiss.push(all(tag).length + ' of ' + tag);
  let level = 0;
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) amiss.push('heading skips a level: ' + heading.textContent);
    if (!heading.textContent.trim()) amiss.push('empty heading');
    level = next;
  }
  const ids = all('[id]').map((element) => element.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) amiss.push('id twice: ' + id);
  for (const picture of all('svg, img')) {
    if (picture.getAttribute('aria-hidden') === 'true') continue;
    if (picture.getAttribute('role') !== 'img' || !nameOf(picture)) amiss.push('picture without a name');
  }
  for (const control of all('input, select, textarea')) {
    if (!control.labels.length || !control.labels[0].textContent.trim()) amiss.push('control without a label: ' + control.name);
  }
  for (const button of all('button, a[href], summary')) if (!button.textContent.trim()) amiss.push('nothing to say: ' + button.outerHTML);
  for (const head of all('th')) if (!['col', 'row'].includes(head.scope)) amiss.push('th without scope: ' + head.textContent);
  for (const part of all('figure, nav, section, [role=group]')) if (!nameOf(part)) amiss.push('part without a name: ' + part.outerHTML.slice(0, 80));
  for (const link of all('a[href^="#"]')) if (!document.getElementById(link.hash.slice(1))) amiss.push('link to nothing: ' + link.hash);
  for (const box of all('*')) {
    if (!isSeen(box) || !/auto|scroll/.test(getComputedStyle(box).overflowX) || box.scrollWidth <= box.clientWidth) continue;
    if (box.tabIndex < 0) amiss.push('scrolls, but not by keyboard: ' + box.outerHTML.slice(0, 80));
  }
  return amiss;
})()`;

/** Text with too little contrast to what is behind it. */
export const CONTRAST = `(() => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const over = (top, below) => {
    const alpha = top.length > 3 ? top[3] : 1;
    return [0, 1, 2].map((index) => top[index] * alpha + below[index] * (1 - alpha));
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const colour = numbers(getComputedStyle(each).backgroundColor);
      layers.push(colour);
      if (colour.length === 3) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const underText = (text) => {
    const box = text.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    let colour = ground(text.closest('svg').parentElement);
    for (const rect of text.closest('svg').querySelectorAll('rect')) {
      const around = rect.getBoundingClientRect();
      const fill = numbers(getComputedStyle(rect).fill);
      const isUnder = around.left <= x && x <= around.right && around.top <= y && y <= around.bottom;
      if (isUnder && fill.length >= 3 && getComputedStyle(rect).fill !== 'none') colour = over(fill, colour);
    }
    return colour;
  };
  const amiss = [];
  let checked = 0;
  for (const element of document.querySelectorAll('body *')) {
    const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || ['TITLE', 'DESC', 'SCRIPT', 'OPTION'].includes(element.tagName.toUpperCase())) continue;
    const style = getComputedStyle(element);
    const isDrawn = element instanceof SVGElement;
    const behind = isDrawn ? underText(element) : ground(element);
    const found = ratio(over(numbers(isDrawn ? style.fill : style.color), behind), behind);
    checked += 1;
    if (found < 4.5) amiss.push(found.toFixed(2) + ': ' + element.textContent.slice(0, 60));
  }
  return { amiss: Array.from(new Set(amiss)), checked };
})()`;

/** What makes the page wider than its window; empty where nothing does. */
export const OVERFLOW = `(() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = Array.from(document.querySelectorAll('body *')).filter((each) => each.getBoundingClientRect().right > room);
  const names = wide.filter((each) => !each.closest('.scroll')).map((each) => each.outerHTML.slice(0, 200));
  return [document.documentElement.scrollWidth + ' wide', ...names];
})()`;

/** Opens all that is closed at first. */
export const OPEN_ALL = `document.querySelectorAll('details').forEach((details) => { details.open = true; })`;

/** The outline of the first element that a selector finds. */
export function outlineOf(selector: string): string {
  return `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).outlineStyle`;
}
