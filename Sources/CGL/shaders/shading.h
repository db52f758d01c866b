// Light on what the geometry pass found, once a sample: Lambert and GGX, hemispheric ambient light, tone curve, sRGB.
// All views of a scene are drawn at once, one below the other, each pixel from its own samples alone.
#pragma once

namespace graphics {

constexpr const char *kShadingVertexGLSL = R"(
uniform int firstView, strideOfViews;
uniform int atlasWidth, atlasHeight;
// The view's rows. Carried along, and not looked up in every pixel: llvmpipe fetches lane by lane.
flat out vec4 record[10];

void main() {
  int view = firstView + gl_InstanceID * strideOfViews;
  for (int i = 0; i < 10; i++) record[i] = row(view + i);
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * record[9].zw;
  gl_Position = vec4((corner + vec2(0, record[7].w)) / vec2(atlasWidth, atlasHeight) * 2.0 - 1.0, 0, 1);
}
)";

constexpr const char *kShadowsGLSL = R"(
// The lights' rows, and those of their maps: the same for all pixels of a scene.
layout(std140) uniform Lights { vec4 lightRows[1024]; };

struct Light {
  vec3 place, color, axis;  // place: position, or direction toward a directional light
  int kind, map, firstPlane, planes;
  float softness, inner, outer;
  bool isCube;
};
Light lightAt(int at) {
  vec4 a = lightRows[at], b = lightRows[at + 1], c = lightRows[at + 2], d = lightRows[at + 3], e = lightRows[at + 4];
  return Light(a.xyz, b.rgb, c.xyz, int(a.w), int(c.w), int(d.w), int(e.x), b.w, d.x, d.y, d.z != 0.0);
}

uniform sampler2DArrayShadow maps;
#if SOFT
uniform sampler2DArray mapDepths;
#endif

#if PLANES
// A plane is solid below: it shades everything above it from a light that is beneath. No map could hold it.
bool isBehindPlane(Light l, vec3 p, int self) {
  for (int i = 0; i < l.planes; i++) {
    int at = texelFetch(instances, l.firstPlane + i).r;
    if (at == self) continue;
    Shape s = shapeAt(at);
    vec3 o = turnedBack(s, p - s.origin);
    vec3 d = turnedBack(s, l.kind == 0 ? l.place : l.place - p);
    float t = -o.z / (d.z == 0.0 ? 1e-18 : d.z);
    vec2 at2 = abs(o.xy + t * d.xy);
    if (t > 1e-4 && (l.kind == 0 || t < 1.0) && max(at2.x, at2.y) <= s.size.x) return true;
  }
  return false;
}
#endif

// The share of the light that reaches `p`, whose normal is `n`; `nl` is the cosine between it and the light.
float visibility(Light l, vec3 p, vec3 n, float nl, Shape s, int self, vec2 pixel) {
#if PLANES
  if (isBehindPlane(l, p, self)) return 0.0;
#endif
  if (l.map < 0) return 1.0;
  int at = l.map;
  if (l.isCube) {
    vec3 e = p - l.place, a = abs(e);
    int face = a.x >= a.y && a.x >= a.z ? (e.x > 0.0 ? 0 : 1) : a.y >= a.z ? (e.y > 0.0 ? 2 : 3) : (e.z > 0.0 ? 4 : 5);
    at += face * 5;
  }
  View v = viewOf(lightRows[at], lightRows[at + 1], lightRows[at + 2], lightRows[at + 3], lightRows[at + 4]);
  float texel = length(v.right);
  vec3 from = p - v.eye;
  if (s.kind >= 6) from += n * (3e-4 + 1.5 * texel * (v.isParallel ? 1.0 : dot(from, v.forward)));
  float along = dot(from, v.forward), perspective = v.isParallel ? 1.0 : 1.0 / max(along, 1e-6);
  // Where a face ends away from the light, texels a little on hold its own edge: as much nearer as they span of the slope.
  float slope = s.kind == 5 ? 0.0 : min(sqrt(max(1.0 - nl * nl, 0.0)) / nl, 5.0);
  float bias = 5e-4 + 1.5 * slope * texel * (v.isParallel ? 1.0 : along);
  vec2 side = vec2(textureSize(maps, 0).xy);
  vec2 uv = (vec2(dot(from, v.right), dot(from, v.down)) * (perspective / (texel * texel)) + v.size * 0.5) / side;
  float reference = min((along - bias) / v.far, 1.0);
#if SOFT
  // How far the light's disc spreads over the map for a blocker at half the distance; then the blockers there.
  float spread = l.softness / texel;
  float wanted = clamp(v.isParallel ? spread * along * 0.5 : spread / along, 1.0, 40.0), found = 0.0, sum = 0.0;
  float turn = 6.2831853 * fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715))));
  vec2 first = vec2(cos(turn), sin(turn)), spoke = first;
  // Vogel's spiral: each point a golden angle on.
  const mat2 golden = mat2(-0.73736888, 0.67549029, -0.67549029, -0.73736888);
  if (l.softness > 0.0) {
    for (int i = 0; i < 16; i++) {
      float d = texture(mapDepths, vec3(uv + spoke * (wanted * sqrt((float(i) + 0.5) / 16.0) / side), v.layer)).r;
      bool blocks = d < reference;
      found += blocks ? 1.0 : 0.0;
      sum += blocks ? d : 0.0;
      spoke = golden * spoke;
    }
    if (found == 0.0) return 1.0;
    float blocker = sum / found * v.far, gap = max(along - blocker, 0.0);
    float radius = clamp(v.isParallel ? spread * gap : spread * gap / (along * max(blocker, 1e-3)), 0.7, 40.0);
    float open = 0.0;
    spoke = first;
    for (int i = 0; i < 16; i++) {
      vec2 tap = uv + spoke * (radius * sqrt((float(i) + 0.5) / 16.0) / side);
      open += texture(maps, vec4(tap, v.layer, reference));
      spoke = golden * spoke;
    }
    return open / 16.0;
  }
#endif
  return texture(maps, vec4(uv, v.layer, reference));
}
)";

constexpr const char *kShadingFragmentGLSL = R"(
uniform sampler2DArray surfaces, founds;
flat in vec4 record[10];
layout(location = 0) out vec4 rgb;
layout(location = 1) out float depth;
layout(location = 2) out uint segment;

vec3 background(float z) {
  float up = clamp(z, 0.0, 1.0), down = clamp(-z, 0.0, 1.0);
  vec3 sky = mix(record[5].rgb, record[6].rgb, up * (2.0 - up));
  return z >= 0.0 ? sky : mix(record[5].rgb, record[7].rgb, down * (2.0 - down));
}

float fifthPower(float v) {
  float square = v * v;
  return square * square * v;
}

// What a light adds. A white matte surface that faces irradiance 1 shines with 1: the exposure is π.
vec3 shine(Light light, Material m, Shape s, int self, vec3 albedo, vec3 p, vec3 n, vec3 toEye, vec2 pixel) {
  vec3 toLight = light.place;
  float irradiance = 1.0;
  if (light.kind != 0) {
    vec3 to = light.place - p;
    float square = max(dot(to, to), 1e-6);
    toLight = to * inversesqrt(square);
    irradiance = 1.0 / square;
    if (light.kind == 2) irradiance *= smoothed(light.outer, light.inner, dot(toLight, light.axis));
  }
  float nl = dot(n, toLight);
  if (!(nl > 0.0 && irradiance > 0.0)) return vec3(0);
  float nv = max(dot(n, toEye), 1e-3);
  vec3 h = normalize(toLight + toEye);
  float nh = dot(n, h), vh = max(dot(toEye, h), 0.0);
  float alpha = max(m.roughness * m.roughness, 0.02), a2 = alpha * alpha;
  float spread = nh * nh * (a2 - 1.0) + 1.0, k = alpha * 0.5;
  // π · GGX distribution · Schlick-Smith visibility · Schlick Fresnel
  float masking = 4.0 * (nl * (1.0 - k) + k) * (nv * (1.0 - k) + k);
  float highlight = a2 / (spread * spread * masking) * m.specular * (0.08 + 0.92 * fifthPower(1.0 - vh));
  float strength = nl * irradiance * visibility(light, p, n, nl, s, self, pixel);
  return (albedo + highlight) * strength * light.color;
}

vec3 ambient(Material m, vec3 albedo, vec3 n, vec3 toEye) {
  // From ¾ of the ambient light on undersides to 5/4 on tops; a little by heading, so that walls in shade differ.
  float tilt = 1.0 + n.z * 0.25 + n.x * 0.08 - n.y * 0.06;
  float nv = clamp(dot(n, toEye), 0.0, 1.0), smoothness = 1.0 - m.roughness;
  float fresnel = m.specular * smoothness * smoothness * (0.08 + 0.92 * fifthPower(1.0 - nv));
  return albedo * record[8].rgb * tilt + background(2.0 * dot(n, toEye) * n.z - toEye.z) * fresnel;
}

// The identity up to 0.7; beyond, a curve that reaches 1 at infinity with the same slope where they meet.
vec3 toneMapped(vec3 v) {
  vec3 y = (v - 0.7) / 0.3;
  return mix(max(v, 0.0), 0.7 + 0.3 * y / (1.0 + max(y, 0.0)), greaterThan(v, vec3(0.7)));
}

vec3 radiance(View v, vec4 surface, vec4 found, vec2 at, vec2 pixel) {
  vec3 ray = v.forward + v.right * at.x + v.down * at.y, toEye = -normalize(ray), sky = background(-toEye.z);
  if (found.x < 0.0) return sky;
  int self = int(found.x);
  Shape s = shapeAt(self);
  Material m = materialAt(s.material);
  vec3 p = v.eye + ray * surface.w, local = turnedBack(s, v.eye - s.origin) + turnedBack(s, ray) * surface.w;
  vec3 albedo = colorAt(m, s, local, surface.xyz, surface.w * record[5].w * 1.5, found.yz);
  vec3 n = turned(s, surface.xyz);
  n = dot(n, toEye) < 0.0 ? -n : n;
  vec3 sum = ambient(m, albedo, n, toEye);
  int lights = int(record[8].w);
  for (int i = 0; i < lights; i++) sum += shine(lightAt(5 * i), m, s, self, albedo, p, n, toEye, pixel);
  // Planes fade into the background from 55 % of their drawn radius on.
  return s.kind == 5 ? mix(sum, sky, smoothed(0.55, 1.0, length(local.xy) / s.size.x)) : sum;
}

void main() {
  vec2 corner = gl_FragCoord.xy - vec2(0, record[7].w);
  ivec2 pixel = ivec2(corner);
  View v = viewOf(record[0], record[1], record[2], record[3], record[4]);
  int side = int(record[6].w);
  vec4 surface, found;
  vec3 sum = vec3(0);
  for (int i = 0; i < side * side; i++) {
    ivec2 at = pixel * side + ivec2(i % side, i / side);
    surface = texelFetch(surfaces, ivec3(at, v.layer), 0);
    found = texelFetch(founds, ivec3(at, v.layer), 0);
#if SHADE
    sum += toneMapped(radiance(v, surface, found, vec2(at) + 0.5 - 0.5 * v.size, vec2(at)));
#endif
  }
  sum /= float(side * side);
  rgb = vec4(mix(sum * 12.92, 1.055 * pow(max(sum, 1e-6), vec3(1.0 / 2.4)) - 0.055, greaterThan(sum, vec3(0.0031308))), 1);
  depth = surface.w;
  segment = found.x < 0.0 ? 0u : uint(shapeAt(int(found.x)).segment);
}
)";

}  // namespace graphics
