/** Pixels of the picture for each of the screen: sharp in a slide. */
const SCALE = 2;
/** Around the drawing, in pixels of the screen, as its title and each line of its legend are high. */
const EDGE_PX = 16;
const TITLE_PX = 30;
const LEGEND_PX = 22;

/** What CSS gives a drawing; a picture stands alone, so each element brings its own. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

/**
 * Saves the drawing in an element as a PNG file, with its title and its legend.
 *
 * @throws Error where there is none, or the browser can't draw it
 */
export async function savePicture(within: HTMLElement, title: string): Promise<void> {
  const svg = within.querySelector<SVGSVGElement>('svg.picture');
  if (!svg) throw new Error('no drawing');
  const png = await pngOf(svg, title, [...within.querySelectorAll('.legend li')]);
  // What no file system takes becomes a dash; a title may be as long as a campaign's name.
  saveFile(png, `${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.png`);
}

/** Hands a file to the reader, as a download. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

async function pngOf(svg: SVGSVGElement, title: string, legend: readonly Element[]): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const image = await imageOf(standingAlone(svg, width, height));
  const canvas = document.createElement('canvas');
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('no canvas');
  const { backgroundColor, color, fontFamily } = getComputedStyle(document.documentElement);
  const text_font = `13px ${fontFamily}`;
  drawing.font = text_font;
  const lines = linesOf(legend, width, drawing);
  canvas.width = (width + 2 * EDGE_PX) * SCALE;
  canvas.height = (height + 2 * EDGE_PX + TITLE_PX + lines.length * LEGEND_PX) * SCALE;
  drawing.scale(SCALE, SCALE);
  drawing.fillStyle = backgroundColor;
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.fillStyle = color;
  drawing.font = `600 16px ${fontFamily}`;
  drawing.fillText(title, EDGE_PX, EDGE_PX + 14, width);
  drawing.drawImage(image, EDGE_PX, EDGE_PX + TITLE_PX, width, height);
  drawing.font = text_font;
  for (const [row, line] of lines.entries()) {
    const y = EDGE_PX + TITLE_PX + height + (row + 1) * LEGEND_PX - 6;
    for (const { x, colour, text } of line) {
      drawing.fillStyle = colour;
      drawing.fillRect(EDGE_PX + x, y - 10, 12, 12);
      drawing.fillStyle = color;
      drawing.fillText(text, EDGE_PX + x + 18, y);
    }
  }
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!png) throw new Error('no picture');
  return png;
}

interface LegendItem {
  readonly x: number;
  readonly colour: string;
  readonly text: string;
}

/** Places the items of a legend in lines. */
function linesOf(
  legend: readonly Element[],
  width: number,
  drawing: CanvasRenderingContext2D,
): LegendItem[][] {
  const lines: LegendItem[][] = [];
  let x = Number.POSITIVE_INFINITY;
  for (const item of legend) {
    const text = (item.textContent ?? '').trim();
    const needed = drawing.measureText(text).width + 18;
    if (x + needed > width) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1)?.push({ x, colour: colourOf(item), text });
    x += needed + 20;
  }
  return lines;
}

function colourOf(item: Element): string {
  const shape = item.querySelector('rect, path');
  if (!shape) return 'transparent';
  const { fill, stroke } = getComputedStyle(shape);
  return shape.hasAttribute('stroke') ? stroke : fill;
}

function standingAlone(svg: SVGSVGElement, width: number, height: number): string {
  const copy = svg.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error('no drawing');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const copies = copy.querySelectorAll('*');
  for (const [index, element] of svg.querySelectorAll('*').entries()) {
    const computed = getComputedStyle(element);
    for (const style of STYLES) copies[index]?.setAttribute(style, computed.getPropertyValue(style));
  }
  return new XMLSerializer().serializeToString(copy);
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}
