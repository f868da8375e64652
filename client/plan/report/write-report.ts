import type { PlanReport } from '#coverage/plan/plan-report.ts'
import type { ExportFacts, Words } from '../export/plan-sheets.ts'
import type { SitingOutcome } from '../siting-outcome.ts'
import type { PlanGround } from './plan-ground.ts'
import type { MapName, Picture } from './report-blocks.ts'
import { drawPlanMap } from './draw-plan-map.ts'
import { mapWords } from './map-words.ts'
import { planBlocks } from './plan-blocks.ts'

interface Written { report: PlanReport, ground: PlanGround, facts: ExportFacts, siting: SitingOutcome | null }

/** The report of a plan as a file to print or to write on in. */
export async function writeReport(kind: 'pdf' | 'docx', { report, ground, facts, siting }: Written, words: Words & { language: string }): Promise<Blob> {
  const blocks = planBlocks(report, facts, siting, words)
  const legend = mapWords(words.t)
  const { changes, candidates } = report.content
  const chosen = new Set(siting?.chosen.map(({ id }) => id))
  const pictures: Partial<Record<MapName, Picture>> = {
    plan: await drawPlanMap(ground, { ...report, facilities: report.figures.facilities }, { changes, candidates, chosen }, legend),
    ...changes.length > 0 && { present: await drawPlanMap(ground, report.present, { changes: [] }, legend) },
  }
  const title = `${words.t('plan.report.title')} · ${facts.name}`
  if (kind === 'docx') {
    const { reportDocx } = await import('./report-docx.ts')
    return await reportDocx(blocks, pictures, title)
  }
  const { reportPdf } = await import('./report-pdf.ts')
  const { loadDocumentFonts } = await import('./pdf-fonts.ts')
  return new Blob([await reportPdf(blocks, pictures, await loadDocumentFonts(), title) as BlobPart], { type: 'application/pdf' })
}
