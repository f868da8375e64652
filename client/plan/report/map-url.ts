import { drawPlanMap } from './draw-plan-map.ts'

/** A drawn plan as an address for a picture; to be revoked by whoever asked. */
export async function mapUrl(...drawn: Parameters<typeof drawPlanMap>): Promise<string> {
  const { png } = await drawPlanMap(...drawn)
  return URL.createObjectURL(new Blob([png as BlobPart], { type: 'image/png' }))
}
