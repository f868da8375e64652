import { enterDesk } from '../desk/enter-desk.ts'
import { startLive } from '../live.ts'
import Plan from './Plan.vue'

void enterDesk('plan', Plan, 'plan.title', () => startLive({
  layers: [
    'regions',
    'care-facilities',
    'coverage',
    'cases',
    'basemap',
  ],
}))
