import type { ImportField } from '../../platform/imports/source.ts'

const field = (name: string, title: string, ...aliases: string[]): ImportField => ({
  field: name,
  title,
  required: false,
  aliases: [title, ...aliases],
})

/** Columns of a list of models: as Snipe-IT exports it, and in plain English and German. */
export const modelFields: readonly ImportField[] = [
  { ...field('name', 'Name', 'Model', 'Model name', 'Modell', 'Modellname', 'Bezeichnung'), required: true },
  field(
    'number',
    'Model number',
    'Model No.',
    'Number',
    'Part number',
    'Product number',
    'Modellnummer',
    'Artikelnummer',
  ),
  field('manufacturer', 'Manufacturer', 'Maker', 'Brand', 'Vendor', 'Hersteller', 'Marke'),
  field('category', 'Category', 'Type', 'Kategorie', 'Gerätetyp', 'Typ'),
  field('lifeMonths', 'Months of use', 'EOL', 'EOL months', 'EOL (months)', 'Lifetime (months)', 'Nutzungsdauer'),
  { ...field('endOfLifeOn', 'End of life', 'EOL date', 'End of life date', 'Lebensende'), isDate: true },
  field('note', 'Note', 'Model notes', 'Notes', 'Notiz', 'Notizen', 'Bemerkung'),
]
