import type { ImportField } from '../../platform/imports/source.ts'

const field = (name: string, title: string, ...aliases: string[]): ImportField => ({
  field: name,
  title,
  required: false,
  aliases: [title, ...aliases],
})

/** Columns of a list of places: as Snipe-IT exports it, and in plain English and German. */
export const locationFields: readonly ImportField[] = [
  field('name', 'Name', 'Location', 'Location name', 'Place', 'Site', 'Standort', 'Ort', 'Bezeichnung', 'Raum'),
  field('path', 'Path', 'Full name', 'Location path', 'Complete name', 'Pfad', 'Vollständiger Name'),
  field('parent', 'Parent', 'Parent location', 'Parent name', 'Inside', 'Übergeordnet', 'Übergeordneter Standort'),
  field('kind', 'Kind', 'Type', 'Location type', 'Art', 'Typ'),
  field('street', 'Street', 'Address', 'Address 1', 'Street address', 'Straße', 'Strasse', 'Adresse'),
  field('street2', 'Street, second line', 'Address2', 'Address 2', 'Adresszusatz'),
  field('postalCode', 'Postal code', 'zip', 'Zip code', 'Postcode', 'PLZ', 'Postleitzahl'),
  field('city', 'City', 'Town', 'Stadt'),
  field('region', 'Region', 'State', 'Province', 'County', 'Bundesland'),
  field('country', 'Country', 'Country code', 'Land'),
  field('manager', 'Contact', 'Manager', 'Contact name', 'Ansprechpartner', 'Kontakt'),
  field('managerUsername', 'Username of the contact', 'manager username', 'Contact username', 'Contact email'),
  field('note', 'Note', 'Notes', 'Comment', 'Comments', 'Notiz', 'Notizen', 'Bemerkung'),
  field('active', 'Active', 'Aktiv', 'Enabled'),
]
