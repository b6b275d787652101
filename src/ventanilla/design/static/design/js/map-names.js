// The names on the map: each along its street or over its place, those of more weight first, none over another.
import { fontOf } from "./map-draw.js";

const LAYERS = ["zone", "street", "shape", "landmark"];
const ZONE_ZOOMS = { municipality: [0, 0], district: [0, 14], neighborhood: [14, 17] };
const LANDMARK_ZOOM = 17;
const CELL = 128;
const pen = document.createElement("canvas").getContext("2d");

// A feature's name as a layer that `place` shows where there is room; nothing where it has none.
export function nameOf({ geometry, properties: about }, map, Name, options) {
  if (!about.label) return null;
  const spot = spotOf(geometry, map);
  if (!spot) return null;
  const own = { ...options, radius: 60, said: about.label, spaced: about.layer === "zone", about, ...spot };
  return new Name(spot.middle, { ...own, size: sizeOf(own) });
}

function sizeOf(own) {
  pen.font = fontOf(own);
  return pen.measureText(own.said).width * (own.spaced ? 1.15 : 1);
}

function spotOf({ type, coordinates }, map) {
  if (type === "Point") return { middle: [coordinates[1], coordinates[0] ] };
  if (type === "LineString") return longest([coordinates], map);
  if (type === "MultiLineString") return longest(coordinates, map);
  const ring = type === "Polygon" ? coordinates[0] : coordinates.map(([outer]) => outer).sort((a, b) => b.length - a.length)[0];
  return middle(ring, map);
}

// The longest straight piece of a street: where its name stands, at what angle, and how long it is at zoom 0.
function longest(lines, map) {
  const at = ([lon, lat]) => map.project([lat, lon], 0);
  const pieces = lines.flatMap((line) => line.slice(1).map((end, index) => [at(line[index]), at(end)]));
  if (!pieces.length) return null;
  const [from, to] = pieces.reduce((best, piece) => (piece[0].distanceTo(piece[1]) > best[0].distanceTo(best[1]) ? piece : best));
  const turn = Math.atan2(to.y - from.y, to.x - from.x);
  const angle = Math.abs(turn) > Math.PI / 2 ? turn + Math.PI : turn;
  return { middle: map.unproject(from.add(to).divideBy(2), 0), angle, room: from.distanceTo(to) };
}

// The middle of an area's box, and how wide it is at zoom 0.
function middle(ring, map) {
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const room = map.project([south, east], 0).x - map.project([south, west], 0).x;
  return { middle: [(south + north) / 2, (west + east) / 2], room };
}

function fits({ about, room, size }, zoom) {
  const [from, to] = ZONE_ZOOMS[about.kind] ?? [0, 99];
  if (about.layer === "zone" && (zoom < from || zoom >= to)) return false;
  if (about.layer === "landmark" && zoom < LANDMARK_ZOOM) return false;
  return !room || room * 2 ** zoom > size + 8;
}

// Says which names are shown at this zoom, and draws them.
export function place(names, map) {
  const zoom = map.getZoom();
  const grid = new Map();
  const ordered = [...names].sort((a, b) => LAYERS.indexOf(a.options.about.layer) - LAYERS.indexOf(b.options.about.layer));
  for (const name of ordered) {
    name.options.shown = fits(name.options, zoom) && take(grid, boxOf(name, map, zoom));
    name.redraw();
  }
}

function boxOf(name, map, zoom) {
  const { angle = 0, size } = name.options;
  const { x, y } = map.project(name.getLatLng(), zoom);
  const [wide, tall] = [Math.abs(Math.cos(angle)) * size + 16, Math.abs(Math.sin(angle)) * size + 16];
  return [x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2];
}

// Takes a box on the grid; false where another name is in the way.
function take(grid, box) {
  const cells = [];
  for (let x = Math.floor(box[0] / CELL); x <= box[2] / CELL; x += 1) {
    for (let y = Math.floor(box[1] / CELL); y <= box[3] / CELL; y += 1) cells.push(`${x},${y}`);
  }
  const meets = (other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
  if (cells.some((cell) => grid.get(cell)?.some(meets))) return false;
  for (const cell of cells) grid.set(cell, [...(grid.get(cell) ?? []), box]);
  return true;
}
