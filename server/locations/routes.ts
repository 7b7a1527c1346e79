import { locations } from '../../contract/locations.ts'
import { type Route, serve } from '../platform/mount.ts'
import {
  createLocation,
  editLocation,
  listLocations,
  type LocationParts,
  showLocation,
} from './actions/save-location.ts'

export const locationRoutes = (parts: LocationParts): Route[] => [
  serve(locations.list, listLocations(parts)),
  serve(locations.show, showLocation(parts)),
  serve(locations.create, createLocation(parts)),
  serve(locations.edit, editLocation(parts)),
]
