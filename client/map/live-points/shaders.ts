import { badgeReach, bodyReach } from './sign-atlas.ts'
import { bodies, offsets, stride } from './point-buffer.ts'

/** Where the attributes lie in a point and in the shader. */
export const attributes = [
  {
    location: 0,
    size: 2,
    type: 'float',
    offset: offsets.position,
  },
  {
    location: 1,
    size: 1,
    type: 'float',
    offset: offsets.radius,
  },
  {
    location: 2,
    size: 4,
    type: 'octet',
    offset: offsets.sign,
  },
  {
    location: 3,
    size: 1,
    type: 'float',
    offset: offsets.pulse,
  },
] as const
export { stride }

/** Seconds of one round of the pulse, and how many rounds. */
export const pulseRound = 2
export const pulseRounds = 3

/**
 * A point sprite for each point, only as large as what the point shows. Most points are bare, a body and nothing else, and are drawn by a
 * program of their own (BARE) that only looks up the atlas; each program puts the other's points outside the picture. Sprites and not
 * squares of two triangles: in software, 50,000 instances of a square took three times as long to draw.
 */
const vertexBody = `
layout(location = 0) in vec2 a_position;
layout(location = 1) in float a_radius;
layout(location = 2) in uvec4 a_sign;
layout(location = 3) in float a_pulse;
uniform mat4 u_matrix;
uniform float u_scale;
uniform float u_now;
uniform float u_plainBelow;
#ifdef BARE
uniform vec2 u_atlasSize;
uniform vec2 u_body;
flat out vec2 v_origin;
flat out vec2 v_extent;
flat out float v_level;
#else
flat out uint v_body;
flat out uint v_ring;
flat out uint v_badge;
flat out float v_pulse;
flat out float v_pixel;
flat out float v_reach;
#endif

void main() {
  float since = u_now - a_pulse;
  bool pulsing = since >= 0.0 && since < ${(pulseRound * pulseRounds).toFixed(1)};
  bool ringed = a_sign.y != 0u;
  bool badged = a_sign.z > 1u;
  float pixels = a_radius * u_scale;
  uint body = a_sign.x + (a_radius < u_plainBelow ? ${bodies}u : 0u);
  gl_Position = u_matrix * vec4(a_position, 0.0, 1.0);
#ifdef BARE
  if (pulsing || ringed || badged)
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  float reach = ${(bodyReach - 0.1).toFixed(2)};
  float share = reach / ${bodyReach.toFixed(2)};
  uint columns = uint(u_body.y);
  vec2 cell = vec2(body % columns, body / columns);
  v_origin = (cell + 0.5 - 0.5 * share) * u_body.x / u_atlasSize;
  v_extent = vec2(share * u_body.x) / u_atlasSize;
  v_level = max(0.0, floor(log2(u_body.x / (2.0 * ${bodyReach.toFixed(2)} * pixels)) + 0.5));
#else
  if (!(pulsing || ringed || badged))
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  float reach = pulsing ? 3.2 : badged ? ${(1.05 + badgeReach[0]).toFixed(2)} : 2.2;
  v_reach = reach;
  v_body = body;
  v_ring = a_sign.y;
  v_badge = a_sign.z;
  v_pulse = pulsing ? since : -1.0;
  v_pixel = 1.0 / pixels;
#endif
  gl_PointSize = 2.0 * reach * pixels;
}`

const bareFragment = `#version 300 es
precision highp float;
flat in vec2 v_origin;
flat in vec2 v_extent;
flat in float v_level;
uniform sampler2D u_atlas;
out vec4 fragColor;

void main() {
  fragColor = textureLod(u_atlas, v_origin + gl_PointCoord * v_extent, v_level);
}`

/** Layers of one sign from below: tint and ring of time, body, selection, badge, pulse. Colours are premultiplied. */
const fullFragment = `#version 300 es
precision highp float;
precision highp int;
flat in uint v_body;
flat in uint v_ring;
flat in uint v_badge;
flat in float v_pulse;
flat in float v_pixel;
flat in float v_reach;
uniform sampler2D u_atlas;
uniform vec2 u_atlasSize;
uniform vec2 u_body;
uniform vec4 u_badge;
uniform vec3 u_late;
uniform vec3 u_light;
uniform bool u_still;
out vec4 fragColor;

vec4 over(vec4 below, vec4 above) {
  return above + below * (1.0 - above.a);
}

float band(float distance, float radius, float width) {
  float edge = abs(distance - radius) - width * 0.5;
  return clamp(0.5 - edge / v_pixel, 0.0, 1.0);
}

vec4 fromAtlas(vec2 cell, vec2 size, float top, vec2 share) {
  return texture(u_atlas, (cell * size + vec2(0.0, top) + share * size) / u_atlasSize);
}

void main() {
  vec2 v_at = (gl_PointCoord * 2.0 - 1.0) * v_reach;
  vec4 colour = vec4(0.0);
  float distance = length(v_at);
  uint ring = v_ring & 3u;
  if (ring == 2u) {
    colour = vec4(u_late, 1.0) * 0.16 * clamp(0.5 - (distance - 1.72) / v_pixel, 0.0, 1.0);
    colour = over(colour, vec4(u_late, 1.0) * band(distance, 1.72, 0.22));
  } else if (ring == 1u) {
    float turn = fract(atan(v_at.y, v_at.x) / 6.2831853 * 18.0);
    float edge = (abs(turn - 0.5) - 0.3) / 18.0 * 6.2831853 * 1.72;
    float dash = clamp(0.5 - edge / v_pixel, 0.0, 1.0);
    colour = vec4(u_late, 1.0) * band(distance, 1.72, 0.18) * dash;
  }
  vec2 inBody = (v_at + ${bodyReach.toFixed(2)}) / ${(2 * bodyReach).toFixed(2)};
  if (all(greaterThan(inBody, vec2(0.0))) && all(lessThan(inBody, vec2(1.0)))) {
    uint columns = uint(u_body.y);
    vec2 cell = vec2(v_body % columns, v_body / columns);
    colour = over(colour, fromAtlas(cell, vec2(u_body.x), 0.0, inBody));
  }
  if ((v_ring & 4u) != 0u)
    colour = over(colour, vec4(u_light, 1.0) * band(distance, 1.98, 0.2));
  if (v_badge > 1u) {
    vec2 inBadge = (v_at - vec2(1.05, -1.0)) / vec2(${(2 * badgeReach[0]).toFixed(2)}, ${(2 * badgeReach[1]).toFixed(2)}) + 0.5;
    if (all(greaterThan(inBadge, vec2(0.0))) && all(lessThan(inBadge, vec2(1.0)))) {
      uint columns = uint(u_badge.z);
      uint number = v_badge - 2u;
      vec2 cell = vec2(number % columns, number / columns);
      colour = over(colour, fromAtlas(cell, u_badge.xy, u_badge.w, inBadge));
    }
  }
  if (v_pulse >= 0.0) {
    float share = u_still ? 0.25 : fract(v_pulse / ${pulseRound.toFixed(1)});
    float alpha = u_still ? 1.0 : mix(1.0, 0.15, share);
    colour = over(colour, vec4(u_light, 1.0) * band(distance, mix(1.5, 2.7, share), 0.18) * alpha);
  }
  if (colour.a < 0.004)
    discard;
  fragColor = colour;
}`

/** Vertex and fragment source of the two programs, in the order in which they draw: what presses lies above. */
export const programSources: readonly (readonly [vertex: string, fragment: string])[] = [
  [`#version 300 es\n#define BARE${vertexBody}`, bareFragment],
  [`#version 300 es${vertexBody}`, fullFragment],
]
