import { Button, Checkbox, FileInput, Progress, Select, Stack, TextInput } from '@mantine/core'
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
import { allZones } from '../platform/zones.ts'
import { Asked } from '../ui/Asked.tsx'
import { FailureNote, fieldError } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'

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
  const [asOf, setAsOf] = useState('')
  const [zone, setZone] = useState(readerZone)
  const [shift, setShift] = useState(false)
  const [uploading, setUploading] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const source = sources.find((one) => one.source === name) ?? first
  const start = useAct(imports.start, { onDone: (run) => void navigate({ to: paths.import(run.id) }) })
  const busy = uploading || start.isPending
  const run = async (dryRun: boolean): Promise<void> => {
    if (file === null) return
    setFailure(null)
    setUploading(true)
    try {
      const stored = await uploadFile(file)
      start.mutate({
        source: source.source,
        file: stored.id,
        dryRun,
        shift,
        ...(asOf === '' ? {} : { asOf }),
        ...(source.options.includes('zone') ? { zone } : {}),
      })
    } catch (error) {
      setFailure(error)
    } finally {
      setUploading(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void run(false)
      }}
    >
      <Stack gap="md">
        <Select
          label={t('importNew.source')}
          description={source.description}
          data={sources.map((one) => ({ value: one.source, label: one.title }))}
          value={name}
          onChange={(next) => setName(next ?? first.source)}
        />
        <FileInput
          label={t('importNew.file')}
          description={t('importNew.fileHelp')}
          placeholder={t('importNew.choose')}
          required
          accept=".csv,.gz,.csv.gz,.json,.xlsx,text/csv"
          leftSection={<IconFile size={15} aria-hidden />}
          value={file}
          onChange={setFile}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
        />
        {file !== null && (
          <p className="label" style={{ margin: 0 }}>
            {t('importNew.chosen', { name: file.name, size: fileSize(file.size) })}
          </p>
        )}
        {source.options.includes('asOf') && (
          <TextInput
            type="datetime-local"
            label={t('importNew.asOf')}
            description={t('importNew.asOfHelp')}
            value={asOf}
            error={fieldError(start.error, 'asOf')}
            onChange={(event) => setAsOf(event.currentTarget.value)}
          />
        )}
        {source.options.includes('zone') && (
          <Select
            label={t('importNew.zone')}
            description={t('importNew.zoneHelp')}
            searchable
            limit={60}
            data={allZones()}
            value={zone}
            onChange={(next) => setZone(next ?? 'UTC')}
          />
        )}
        {source.options.includes('shift') && (
          <Checkbox
            size="xs"
            label={t('importNew.shift')}
            description={t('importNew.shiftHelp')}
            checked={shift}
            onChange={(event) => setShift(event.currentTarget.checked)}
          />
        )}
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
        {uploading && <Progress value={100} animated aria-label={t('importNew.uploading')} />}
        <FailureNote error={failure ?? start.error} />
        <div style={{ display: 'flex', gap: 8 }}>
          <Button variant="default" disabled={file === null} loading={busy} onClick={() => void run(true)}>
            {t('importNew.try')}
          </Button>
          <Button type="submit" disabled={file === null} loading={busy}>
            {t('importNew.start')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
