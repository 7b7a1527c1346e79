import { Button, FileInput, Progress, Select, Stack } from '@mantine/core'
import { IconFile } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../contract/action.ts'
import { imports } from '../../contract/imports.ts'
import { uploadFile } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { fileSize, readerZone } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { FailureNote } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView, Loading } from '../ui/StateViews.tsx'
import { ColumnMapping } from './ColumnMapping.tsx'
import { type ChosenOptions, FileOptions } from './FileOptions.tsx'
import { chosenBy, mappingOf, chosenFields, statesIn, withStates, type StateWord } from './mapping.ts'
import { StateMapping } from './StateMapping.tsx'
import { SavedMappings } from './SavedMappings.tsx'

type Source = Answer<typeof imports.sources>['items'][number]

/** Choose a file and what of it counts; try it first without effect. */
export default function NewImportPage() {
  const asked = useAsk(imports.sources, {})
  return (
    <Page title={t('importNew.title')} crumbs={[{ title: t('imports.title'), to: paths.imports }]} shape="read">
      <Asked question={asked}>
        {({ items }) =>
          items[0] === undefined ? (
            <EmptyView title={t('importNew.noSource')}>{t('importNew.noSourceHelp')}</EmptyView>
          ) : (
            <div>
              <ImportForm sources={items} first={items[0]} />
            </div>
          )
        }
      </Asked>
    </Page>
  )
}

function ImportForm({ sources, first }: { sources: Source[]; first: Source }) {
  const navigate = useNavigate()
  const [name, setName] = useState(first.source)
  const [file, setFile] = useState<File | null>(null)
  const [stored, setStored] = useState<string | null>(null)
  const [sheet, setSheet] = useState<string | null>(null)
  const [chosen, setChosen] = useState<Record<number, string>>({})
  const [words, setWords] = useState<StateWord[]>([])
  const [options, setOptions] = useState<ChosenOptions>(() => ({ ...noOptions, zone: readerZone() }))
  const [uploading, setUploading] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const source = sources.find((one) => one.source === name) ?? first
  const start = useAct(imports.start, { onDone: (run) => void navigate({ to: paths.import(run.id) }) })
  const asked = useAsk(
    imports.preview,
    { source: source.source, file: stored ?? '', ...(sheet === null ? {} : { sheet }) },
    { enabled: stored !== null },
  )
  const preview = stored === null ? undefined : asked.data
  const mapping =
    preview === undefined ? undefined : withStates(mappingOf(preview, chosen), source.states.length === 0 ? [] : words)
  const stateColumn = [...(preview === undefined ? [] : chosenFields(preview, chosen))].find(
    ([, field]) => field === 'state',
  )?.[0]
  const choose = async (next: File | null): Promise<void> => {
    setFile(next)
    setStored(null)
    setSheet(null)
    setChosen({})
    setFailure(null)
    start.reset()
    if (next === null) return
    setUploading(true)
    try {
      setStored((await uploadFile(next)).id)
    } catch (error) {
      setFailure(error)
    } finally {
      setUploading(false)
    }
  }
  const run = (dryRun: boolean): void => {
    if (stored === null) return
    const { asOf, zone, shift, dateOrder, currency } = options
    const knows = (option: Source['options'][number]) => source.options.includes(option)
    start.mutate({
      source: source.source,
      file: stored,
      dryRun,
      shift: knows('shift') && shift,
      ...(asOf !== '' && knows('asOf') ? { asOf } : {}),
      ...(knows('zone') ? { zone } : {}),
      ...(dateOrder !== '' && knows('dateOrder') ? { dateOrder } : {}),
      ...(currency !== '' && knows('currency') ? { currency } : {}),
      ...(sheet === null ? {} : { sheet }),
      ...(mapping === undefined ? {} : { mapping }),
    })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        run(false)
      }}
    >
      <Stack gap="md">
        <Select
          label={t('importNew.source')}
          description={source.description}
          data={sources.map((one) => ({ value: one.source, label: one.title }))}
          allowDeselect={false}
          value={name}
          onChange={(next) => {
            setName(next ?? first.source)
            setChosen({})
          }}
        />
        <FileInput
          label={t('importNew.file')}
          description={t('importNew.fileHelp')}
          placeholder={t('importNew.choose')}
          required
          accept=".csv,.tsv,.txt,.gz,.csv.gz,.xlsx,.json,.jsonl,text/csv"
          leftSection={<IconFile size={15} aria-hidden />}
          value={file}
          onChange={(next) => void choose(next)}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
        />
        {file !== null && (
          <p className="label" style={{ margin: 0 }}>
            {t('importNew.chosen', { name: file.name, size: fileSize(file.size) })}
          </p>
        )}
        {uploading && <Progress value={100} animated aria-label={t('importNew.uploading')} />}
        {preview !== undefined && preview.sheets.length > 1 && (
          <Select
            label={t('importNew.sheet')}
            data={preview.sheets}
            allowDeselect={false}
            value={preview.sheet}
            onChange={(next) => {
              setSheet(next)
              setChosen({})
            }}
          />
        )}
        <FileOptions
          options={source.options}
          preview={preview}
          value={options}
          error={start.error}
          onChange={(change) => setOptions((before) => ({ ...before, ...change }))}
        />
        {stored !== null && preview === undefined && asked.error === null && (
          <div role="status" aria-label={t('importNew.reading')}>
            <Loading rows={4} />
          </div>
        )}
        {preview !== undefined && (
          <>
            <SavedMappings
              key={source.source}
              source={source.source}
              mapping={mapping}
              onUse={(saved) => {
                setChosen(chosenBy(preview, saved))
                setWords(statesIn(saved))
              }}
            />
            <ColumnMapping
              preview={preview}
              chosen={chosen}
              onChoose={(column, field) => setChosen((before) => ({ ...withoutField(before, field), [column]: field }))}
            />
            {source.states.length > 0 && stateColumn !== undefined && (
              <StateMapping
                states={source.states}
                found={preview.columns.find(({ column }) => column === stateColumn)?.samples ?? []}
                value={words}
                onChange={setWords}
              />
            )}
          </>
        )}
        {preview === undefined && <KnownFields source={source} />}
        <FailureNote error={failure ?? (stored === null ? null : asked.error) ?? start.error} />
        <div style={{ display: 'flex', gap: 8 }}>
          <Button variant="default" disabled={stored === null} loading={start.isPending} onClick={() => run(true)}>
            {t('importNew.try')}
          </Button>
          <Button type="submit" disabled={stored === null} loading={start.isPending}>
            {t('importNew.start')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

const noOptions: Omit<ChosenOptions, 'zone'> = { asOf: '', shift: false, dateOrder: '', currency: '' }

/** A field fills from one column: chosen anew, it leaves the one chosen before. */
const withoutField = (chosen: Readonly<Record<number, string>>, field: string): Record<number, string> =>
  Object.fromEntries(Object.entries(chosen).map(([column, was]) => [column, was === field && field !== '' ? '' : was]))

function KnownFields({ source }: { source: Source }) {
  return (
    <details>
      <summary className="label">{t('importNew.fields', { n: source.fields.length })}</summary>
      <ul>
        {source.fields.map((field) => (
          <li key={field.field}>
            {field.required ? t('importNew.required', { title: field.title }) : field.title}{' '}
            <span className="soft">{field.aliases.join(', ')}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
