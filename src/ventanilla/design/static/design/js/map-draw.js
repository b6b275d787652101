// How the town and its pins are drawn on Leaflet's canvas, in the colours of the page's tokens.
// Base features carry `layer` (shape, street, zone, landmark), `kind` within it, and `label`.
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const colors = () =>
  Object.fromEntries(
    ["surface", "ink", "anil-600", "teja-600", "verde-700", "map-land", "map-street", "map-block", "map-lot", "map-park", "map-water", "map-label", "font"].map(
      (name) => [name, token(`--v-${name}`)],
    ),
  );

const width = (zoom, metres) => Math.max(1, (metres * 2 ** zoom) / 156543);

const STREET_METRES = { road: 16, avenue: 14, street: 11, path: 5 };

// How a feature of the base is drawn at a zoom.
export function style({ layer, kind }, zoom, c) {
  const fill = (color) => ({ stroke: false, fill: true, fillColor: color, fillOpacity: 1 });
  const line = (color, weight, more) => ({ fill: false, color, weight, lineCap: "round", lineJoin: "round", ...more });
  if (layer === "street") return line(c["map-street"], width(zoom, STREET_METRES[kind] ?? 9));
  if (layer === "zone" && kind === "neighborhood") return line(c["map-label"], 1, { opacity: 0.35, dashArray: "4 5" });
  if (layer === "zone") return line(c["map-label"], 1.5, { opacity: 0.55 });
  return {
    town: fill(c["map-street"]),
    block: fill(c["map-block"]),
    lot: line(c["map-lot"], 1),
    building: fill(c["map-lot"]),
    park: fill(c["map-park"]),
    water: { ...fill(c["map-water"]), stroke: true, color: c["map-water"], weight: 3 },
  }[kind] ?? { stroke: false, fill: false };
}

// What lies under comes first.
const ORDER = ["town", "water", "park", "block", "building", "lot", "path", "street", "avenue", "road", "neighborhood"];
export const rank = ({ kind }) => (ORDER.indexOf(kind) + 1 || ORDER.length + 1);

const SHAPES = {
  ring(ctx, p, c) {
    ctx.arc(p.x, p.y, 8, 0, 2 * Math.PI);
    paint(ctx, c.surface, c["anil-600"], 3.5);
  },
  diamond(ctx, p, c) {
    polygon(ctx, p, [[0, -12], [12, 0], [0, 12], [-12, 0]]);
    paint(ctx, c["anil-600"], c.surface, 2);
  },
  triangle(ctx, p, c) {
    polygon(ctx, p, [[0, -12], [12.5, 10], [-12.5, 10]]);
    paint(ctx, c["teja-600"], c.surface, 2);
    mark(ctx, p, [[[0, -4], [0, 2]], [[0, 6], [0, 6.4]]], c.surface);
  },
  square(ctx, p, c) {
    ctx.roundRect(p.x - 10, p.y - 10, 20, 20, 3);
    paint(ctx, c["verde-700"], c.surface, 2);
    mark(ctx, p, [[[-4.5, 0], [-1.2, 3.4], [5, -3.6]]], c.surface);
  },
  here(ctx, p, c) {
    ctx.moveTo(p.x, p.y);
    ctx.bezierCurveTo(p.x - 11, p.y - 13, p.x - 15, p.y - 19, p.x - 15, p.y - 26);
    ctx.arc(p.x, p.y - 26, 15, Math.PI, 0);
    ctx.bezierCurveTo(p.x + 15, p.y - 19, p.x + 11, p.y - 13, p.x, p.y);
    paint(ctx, c["anil-600"], c.surface, 2.5);
    ctx.beginPath();
    ctx.arc(p.x, p.y - 26, 5, 0, 2 * Math.PI);
    paint(ctx, c.surface, c.surface, 0.1);
  },
};

function paint(ctx, fill, stroke, weight) {
  Object.assign(ctx, { fillStyle: fill, strokeStyle: stroke, lineWidth: weight, lineJoin: "round", globalAlpha: 1 });
  ctx.fill();
  ctx.stroke();
}

function polygon(ctx, p, corners) {
  corners.forEach(([x, y], at) => (at ? ctx.lineTo(p.x + x, p.y + y) : ctx.moveTo(p.x + x, p.y + y)));
  ctx.closePath();
}

function mark(ctx, p, lines, color) {
  ctx.beginPath();
  for (const line of lines) line.forEach(([x, y], at) => (at ? ctx.lineTo(p.x + x, p.y + y) : ctx.moveTo(p.x + x, p.y + y)));
  Object.assign(ctx, { strokeStyle: color, lineWidth: 2.6, lineCap: "round", lineJoin: "round" });
  ctx.stroke();
}

function text(ctx, words, font, color, halo, weight) {
  Object.assign(ctx, { font, textAlign: "center", textBaseline: "middle", globalAlpha: 1, lineJoin: "round" });
  Object.assign(ctx, { strokeStyle: halo, lineWidth: weight, fillStyle: color });
  if (weight) ctx.strokeText(words, 0, 0);
  ctx.fillText(words, 0, 0);
}

export const fontOf = ({ colors, spaced }) => `${spaced ? "700 12px" : "13px"} ${colors.font}`;

// Canvas layers: a pin of a shape, a cluster with its count, and a name that turns with its street.
export function layers(L) {
  const drawn = (draw) =>
    L.CircleMarker.extend({
      _updatePath() {
        const ctx = this._renderer._ctx;
        if (!this._renderer._drawing || this._empty()) return;
        ctx.save();
        ctx.beginPath();
        draw.call(this, ctx, this._point, this.options.colors);
        ctx.restore();
      },
    });
  return {
    Pin: drawn(function (ctx, p, c) {
      SHAPES[this.options.shape](ctx, p, c);
    }),
    Cluster: drawn(function (ctx, p, c) {
      ctx.arc(p.x, p.y, this.options.radius - 2, 0, 2 * Math.PI);
      paint(ctx, c.ink, c.surface, 2.5);
      ctx.translate(p.x, p.y + 0.5);
      text(ctx, this.options.said, `700 13px ${c.font}`, c.surface, c.ink, 0);
    }),
    Name: drawn(function (ctx, p, c) {
      const { said, angle, spaced, shown } = this.options;
      if (!shown) return;
      ctx.translate(p.x, p.y);
      ctx.rotate(angle ?? 0);
      ctx.letterSpacing = spaced ? "1.5px" : "0px";
      text(ctx, said, fontOf(this.options), c["map-label"], spaced ? c["map-block"] : c["map-street"], 3.5);
    }),
  };
}
