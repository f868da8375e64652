import { startLive } from '../live.ts'
import { startPage } from '../start-page.ts'
import Plan from './Plan.vue'

startLive({
  layers: [
    'regions',
    'care-facilities',
    'coverage',
    'cases',
    'basemap',
  ],
})
startPage(Plan, 'plan.title')
