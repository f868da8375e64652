import { startLive } from '../live.ts'
import { startPage } from '../start-page.ts'
import Duty from './Duty.vue'

startLive({
  layers: [
    'cases',
    'regions',
    'officers',
    'renovation-zones',
    'worksites',
    'care-facilities',
    'basemap',
  ],
})
startPage(Duty, 'duty.title')
