// A map that goes with a list, never instead of it. Markup: design/_map.html; Leaflet is loaded when the map comes into
// view. On the figure:
//   data-base      GeoJSON of the town, asked with ?zoom=z at each of three scales (drawn by map-draw.js; no tile server)
//   data-pins      GeoJSON of points, asked again as the map moves with ?bbox=w,s,e,n&zoom=z; properties: shape, title,
//                  path, or count for a cluster
//   data-center "lon,lat", data-zoom, or data-bounds "w,s,e,n"
//                                  "ventanilla:place" on the document shows a place found elsewhere, "ventanilla:unplace" none
//   data-pick-lon, data-pick-lat   ids of inputs: a click, or Enter at the middle, puts the point; said in the status
import { colors, layers, rank, style } from "./map-draw.js";
import { nameOf, place } from "./map-names.js";

// The scales at which the town is drawn (places/basemap.py): the whole of it, a quarter, a street.
const scale = (zoom) => (zoom < 14 ? 13 : zoom < 16 ? 15 : 16);
const numbers = (words) => (words ?? "").split(",").map(Number);

function leaflet({ leaflet: code, leafletCss: css }) {
  leaflet.ready ??= new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: css }));
    const script = Object.assign(document.createElement("script"), { src: code, onerror: reject });
    script.onload = () => resolve(window.L);
    document.head.append(script);
  });
  return leaflet.ready;
}

class TownMap {
  constructor(figure, L) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.data = figure.dataset;
    this.figure = figure;
    this.L = L;
    this.colors = colors();
    this.make = layers(L);
    const canvas = figure.querySelector(".v-map__canvas");
    const options = { preferCanvas: true, zoomControl: false, attributionControl: false, minZoom: 11, maxZoom: 19 };
    this.map = L.map(canvas, { ...options, zoomAnimation: !still, fadeAnimation: !still, scrollWheelZoom: false });
    this.place();
    // The town has a pane and a canvas of its own under the pins', so that pins move without drawing it again.
    this.map.createPane("town").style.zIndex = 350;
    this.under = { pane: "town", renderer: L.canvas({ pane: "town", padding: 0.2 }), interactive: false };
    this.pins = L.layerGroup().addTo(this.map);
    for (const button of figure.querySelectorAll("[data-zoom-by]")) {
      button.addEventListener("click", () => this.map.setZoom(this.map.getZoom() + Number(button.dataset.zoomBy)));
    }
    canvas.addEventListener("focus", () => this.map.scrollWheelZoom.enable());
    if (this.data.pickLon) this.picking(canvas);
    if (this.data.base) {
      this.map.on("zoomend", () => this.drawTown());
      this.drawTown();
    }
    if (this.data.pins) {
      this.map.on("moveend", () => this.askPins());
      this.askPins();
    }
  }

  place() {
    if (this.data.bounds) {
      const [w, s, e, n] = numbers(this.data.bounds);
      this.map.fitBounds([[s, w], [n, e]]);
    } else {
      const [lon, lat] = numbers(this.data.center);
      this.map.setView([lat, lon], Number(this.data.zoom ?? 15));
    }
  }

  async drawTown() {
    const zoom = scale(this.map.getZoom());
    if (zoom === this.scale) return this.dressTown();
    this.scale = zoom;
    const { features } = await this.towns(zoom);
    if (zoom !== this.scale) return; // The map moved on meanwhile.
    this.town?.remove();
    const shapes = features.filter((f) => f.geometry.type !== "Point").sort((a, b) => rank(a.properties) - rank(b.properties));
    this.shapes = this.L.geoJSON({ type: "FeatureCollection", features: shapes }, { ...this.under, style: this.drawn() });
    this.names = features.map((feature) => nameOf(feature, this.map, this.make.Name, { ...this.under, colors: this.colors })).filter(Boolean);
    this.town = this.L.layerGroup([this.shapes, ...this.names]).addTo(this.map);
    place(this.names, this.map);
  }

  async towns(zoom) {
    this.fetched ??= {};
    const url = new URL(this.data.base, location.href);
    url.searchParams.set("zoom", zoom);
    return (this.fetched[zoom] ??= fetch(url).then((answer) => answer.json()));
  }

  drawn() {
    return (feature) => style(feature.properties, this.map.getZoom(), this.colors);
  }

  dressTown() {
    this.shapes?.setStyle(this.drawn());
    place(this.names ?? [], this.map);
  }

  async askPins() {
    this.asked?.abort();
    this.asked = new AbortController();
    const url = new URL(this.data.pins, location.href);
    url.searchParams.set("bbox", this.map.getBounds().toBBoxString());
    url.searchParams.set("zoom", this.map.getZoom());
    // The list beside the map says it all; without an answer the last pins stay.
    const asked = fetch(url, { signal: this.asked.signal }).then((answer) => (answer.ok ? answer.json() : null));
    const found = await asked.catch(() => null);
    if (found) this.drawPins(found.features);
  }

  drawPins(features) {
    this.pins.clearLayers();
    for (const { geometry, properties: about } of features) {
      const spot = [geometry.coordinates[1], geometry.coordinates[0]];
      const many = about.count > 0;
      const options = { radius: many ? 15 + Math.min(8, String(about.count).length * 2) : 13, colors: this.colors, said: String(about.count), shape: about.shape ?? "ring" };
      const pin = new this.make[many ? "Cluster" : "Pin"](spot, options).addTo(this.pins);
      if (about.title) pin.bindTooltip(about.title);
      pin.on("click", () => (many ? this.map.setView(spot, this.map.getZoom() + 2) : about.path && location.assign(about.path)));
    }
  }

  picking(canvas) {
    const [lon, lat] = [this.data.pickLon, this.data.pickLat].map((id) => document.getElementById(id));
    if (lon.value && lat.value) this.put([Number(lat.value), Number(lon.value)]);
    const pick = ({ lat: north, lng: east }) => {
      lon.value = east.toFixed(6);
      lat.value = north.toFixed(6);
      this.put([north, east]);
      this.figure.querySelector("[role=status]").textContent = this.data.picked;
      this.figure.dispatchEvent(new CustomEvent("ventanilla:picked", { bubbles: true, detail: { lon: east, lat: north } }));
    };
    this.map.on("click", (event) => pick(event.latlng));
    canvas.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), pick(this.map.getCenter())));
    document.addEventListener("ventanilla:place", ({ detail }) => {
      this.put([detail.lat, detail.lon]);
      this.map.setView([detail.lat, detail.lon], Math.max(this.map.getZoom(), 17));
    });
    document.addEventListener("ventanilla:unplace", () => this.here?.remove());
  }

  put(spot) {
    this.here?.remove();
    this.here = new this.make.Pin(spot, { radius: 44, shape: "here", colors: this.colors, interactive: false }).addTo(this.map);
  }
}

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    leaflet(target.dataset).then((L) => new TownMap(target, L));
  }
}, { rootMargin: "200px" });

// Once each, though htmx announces the page after we have begun with it.
const start = (root) => root.querySelectorAll("[data-map]:not([data-begun])").forEach((figure) => (figure.dataset.begun = "", seen.observe(figure)));
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
