import { startLive } from '../live.ts'
import { startPage } from '../start-page.ts'
import DutyPage from './DutyPage.vue'

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
startPage(DutyPage, 'duty.title')
