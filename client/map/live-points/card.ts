import type { SignAtlas } from './sign-atlas.ts'
import type { PointBuffer } from './point-buffer.ts'
import { attributes, programSources, stride } from './shaders.ts'

/** What one frame needs to know. */
export interface Frame {
  /** From anchor-relative Mercator to clip space, column by column. */
  matrix: Float32Array
  /** Device pixels per unit of a point's size. */
  scale: number
  /** Seconds. */
  now: number
  still: boolean
  late: readonly [number, number, number]
  light: readonly [number, number, number]
}

/** The graphics card's side: program, buffer and texture of one WebGL context. Made anew when a context was lost. */
export class Card {
  readonly #gl: WebGL2RenderingContext
  readonly #programs: Program[]
  readonly #vertices: WebGLVertexArrayObject
  readonly #buffer: WebGLBuffer
  readonly #texture: WebGLTexture
  #capacity = 0
  #atlas: SignAtlas | null = null

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl
    this.#programs = programSources.map(([vertex, fragment]) => new Program(gl, vertex, fragment))
    this.#vertices = gl.createVertexArray()
    this.#buffer = gl.createBuffer()
    this.#texture = gl.createTexture()
    gl.bindVertexArray(this.#vertices)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer)
    for (const { location, size, type, offset } of attributes) {
      gl.enableVertexAttribArray(location)
      if (type === 'float')
        gl.vertexAttribPointer(location, size, gl.FLOAT, false, stride, offset)
      else
        gl.vertexAttribIPointer(location, size, gl.UNSIGNED_BYTE, stride, offset)
    }
    gl.bindVertexArray(null)
  }

  setAtlas(atlas: SignAtlas): void {
    if (atlas === this.#atlas)
      return
    const gl = this.#gl
    this.#atlas = atlas
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, this.#texture)
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true)
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, atlas.canvas)
    gl.generateMipmap(gl.TEXTURE_2D)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
  }

  /** Writes what changed: a new buffer after growing, else only the changed runs. */
  upload(points: PointBuffer): void {
    const changes = points.takeChanges()
    const gl = this.#gl
    if (changes.length === 0)
      return
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer)
    if (this.#capacity !== points.capacity) {
      gl.bufferData(gl.ARRAY_BUFFER, points.octets, gl.DYNAMIC_DRAW)
      this.#capacity = points.capacity
    }
    else if (changes === 'all') {
      gl.bufferSubData(gl.ARRAY_BUFFER, 0, points.octets, 0, points.count * stride)
    }
    else {
      for (const [from, to] of changes)
        gl.bufferSubData(gl.ARRAY_BUFFER, from * stride, points.octets, from * stride, (to - from) * stride)
    }
  }

  draw({ count, hasAdorned }: PointBuffer, frame: Frame): void {
    const [gl, atlas] = [this.#gl, this.#atlas]
    if (count === 0 || !atlas)
      return
    gl.bindVertexArray(this.#vertices)
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, this.#texture)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    for (const program of hasAdorned
      ? this.#programs
      : this.#programs.slice(0, 1)) {
      gl.useProgram(program.handle)
      gl.uniformMatrix4fv(program.at('u_matrix'), false, frame.matrix)
      gl.uniform1f(program.at('u_scale'), frame.scale)
      gl.uniform1f(program.at('u_now'), frame.now)
      gl.uniform1f(program.at('u_plainBelow'), 10)
      gl.uniform1i(program.at('u_still'), frame.still ? 1 : 0)
      gl.uniform3f(program.at('u_late'), ...frame.late)
      gl.uniform3f(program.at('u_light'), ...frame.light)
      gl.uniform1i(program.at('u_atlas'), 0)
      gl.uniform2f(program.at('u_atlasSize'), atlas.canvas.width, atlas.canvas.height)
      gl.uniform2f(program.at('u_body'), atlas.body.size, atlas.body.columns)
      gl.uniform4f(program.at('u_badge'), atlas.badge.width, atlas.badge.height, atlas.badge.columns, atlas.badge.top)
      gl.drawArrays(gl.POINTS, 0, count)
    }
    gl.bindVertexArray(null)
  }

  free(): void {
    this.#gl.deleteBuffer(this.#buffer)
    this.#gl.deleteVertexArray(this.#vertices)
    this.#gl.deleteTexture(this.#texture)
    for (const { handle } of this.#programs)
      this.#gl.deleteProgram(handle)
  }
}

/** A linked program and where its uniforms are; what it has no use for is nowhere, and setting that does nothing. */
class Program {
  readonly handle: WebGLProgram
  readonly #gl: WebGL2RenderingContext
  readonly #locations = new Map<string, WebGLUniformLocation | null>()

  constructor(gl: WebGL2RenderingContext, vertex: string, fragment: string) {
    this.#gl = gl
    this.handle = link(gl, vertex, fragment)
  }

  at(name: string): WebGLUniformLocation | null {
    let location = this.#locations.get(name)
    if (location === undefined)
      this.#locations.set(name, location = this.#gl.getUniformLocation(this.handle, name))
    return location
  }
}

function link(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type)!
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    const shaders = gl.getAttachedShaders(program) ?? []
    throw new Error(`live points: ${[
      gl.getProgramInfoLog(program),
      ...shaders.map(shader => gl.getShaderInfoLog(shader)),
    ].join(' ')}`)
  }
  return program
}
