import type { Context } from 'hono'
import type { HttpContext } from './http-context.ts'
import type { Compound } from '../places/compounds.ts'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { openCasesByCompound, regionNames } from '../../db/queries/compounds.ts'
import { compoundsByCommunity, findCompound } from '../places/compounds.ts'
import { drawPoster } from '../posters/draw-poster.ts'
import { missingSigns } from '../posters/poster-font.ts'
import { posterPdf } from '../posters/poster-pdf.ts'
import { posterPng } from '../posters/poster-png.ts'
import { failures, json, newApi } from './api.ts'
import { callerOf } from './caller.ts'
import { ProblemError } from './problem.ts'

function binary(type: string, description: string) {
  return {
    description,
    content: {
      [type]: {
        schema: { type: 'string', format: 'binary' } as const,
      },
    },
  }
}
const params = z.object({
  id: z.coerce.number().int().safe(),
})

const listRoute = createRoute({
  method: 'get',
  path: '/compounds',
  tags: ['reports'],
  summary: 'Compounds that have a name, with their posters',
  responses: {
    200: json(z.object({
      compounds: z.array(z.object({
        id: z.number(),
        name: z.string(),
        community: z.string().nullable(),
        households: z.number().int().nullable(),
        openCases: z.number().int(),
        missingSigns: z.array(z.string()).describe('signs of the name that the posters\' font does not have: they print as empty boxes'),
      })),
    }), 'By community and name'),
  },
})
const pngRoute = createRoute({
  method: 'get',
  path: '/compounds/{id}/poster.png',
  tags: ['reports'],
  summary: 'The compound\'s poster with its QR code, A4 at 150 dpi',
  request: { params },
  responses: {
    200: binary('image/png', 'The picture'),
    ...failures(404),
  },
})
const pdfRoute = createRoute({
  method: 'get',
  path: '/compounds/{id}/poster.pdf',
  tags: ['reports'],
  summary: 'The compound\'s poster with its QR code, A4',
  request: { params },
  responses: {
    200: binary('application/pdf', 'One page'),
    ...failures(404),
  },
})
const allRoute = createRoute({
  method: 'get',
  path: '/posters.pdf',
  tags: ['reports'],
  summary: 'The posters of all compounds, one a page',
  responses: {
    200: binary('application/pdf', 'As many pages as compounds'),
    ...failures(404),
  },
})

export function posterRoutes({ sql, cases: { places }, config }: Pick<HttpContext, 'sql' | 'cases' | 'config'>) {
  /** Under the name that residents reach the server by; without one set, under that by which it was asked. */
  const marksOf = async (c: Context, compounds: Compound[]) => {
    const origin = config.publicOrigin ?? new URL(c.req.url).origin
    const centre = places.home === null
      ? null
      : (await regionNames(sql)).get(places.home) ?? null
    return compounds.map(({ id, name, community }) => drawPoster({
      centre,
      compound: name,
      community: community?.name ?? null,
      url: `${origin}/report?c=${id}`,
    }))
  }
  const one = async (c: Context, id: number) => {
    const compound = await findCompound(sql, places, id)
    if (!compound || !isReached(c, compound))
      throw new ProblemError('not-found', { detail: 'There is no such compound.' })
    return compound
  }
  const all = async (c: Context) => (await compoundsByCommunity(sql, places)).filter(compound => isReached(c, compound))

  return newApi()
    .openapi(listRoute, async (c) => {
      const [compounds, open] = await Promise.all([
        all(c),
        openCasesByCompound(sql),
      ])
      return c.json({
        compounds: compounds.map(({ id, name, community, households }) => ({
          id,
          name,
          community: community?.name ?? null,
          households,
          openCases: open.get(id) ?? 0,
          missingSigns: missingSigns(name),
        })),
      }, 200)
    })
    .openapi(pngRoute, async (c) => {
      const [marks] = await marksOf(c, [await one(c, c.req.valid('param').id)])
      return c.body(new Uint8Array(await posterPng(marks!)), 200, { 'Content-Type': 'image/png' }) as never
    })
    .openapi(pdfRoute, async (c) => {
      const compound = await one(c, c.req.valid('param').id)
      return sendPdf(c, await posterPdf(await marksOf(c, [compound]), `码上提 ${compound.name}`))
    })
    .openapi(allRoute, async (c) => {
      const compounds = await all(c)
      if (compounds.length === 0)
        throw new ProblemError('not-found', { detail: 'No compound has a name.' })
      return sendPdf(c, await posterPdf(await marksOf(c, compounds), '码上提'))
    })
}

/** Who sees a region only gets the posters of that. */
function isReached(c: Context, { community }: Compound): boolean {
  const { reach, region } = callerOf(c)
  return reach !== 'region' || (community !== null && region !== null && region.startsWith(community.id))
}

function sendPdf(c: Context, bytes: Uint8Array): never {
  return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'application/pdf' }) as never
}
