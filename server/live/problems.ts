import type { FollowRefusal } from '#contract/live.ts'
import type { ZodError } from 'zod'

/** What a refused `follow` is answered with: problem details, as over HTTP. */
export function badRequest(error: ZodError): FollowRefusal {
  return {
    error: {
      type: 'urn:huizhi:problem:bad-request',
      title: 'follow 请求格式不对 · Bad follow request',
      status: 400,
      errors: error.issues.map(({ path, message }) => ({
        path: path.join('.'),
        message,
      })),
    },
  }
}

export const notReady: FollowRefusal = {
  error: { type: 'urn:huizhi:problem:not-ready', title: '正在连接数据库 · Not connected to the database yet', status: 503 },
}

export const tooMany: FollowRefusal = {
  error: { type: 'urn:huizhi:problem:too-many-requests', title: 'follow 过于频繁 · Too many follow requests', status: 429 },
}

export const failed: FollowRefusal = {
  error: { type: 'urn:huizhi:problem:internal', title: '服务器内部错误 · Internal error', status: 500 },
}
