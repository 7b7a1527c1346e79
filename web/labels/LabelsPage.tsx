import { Button, Group, NumberInput, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import type { Answer } from '../../contract/action.ts'
import { assetModels } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { labelSheets, sheetNames } from '../../contract/labels.ts'
import { useAddress } from '../platform/address.ts'
import { ask } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Page } from '../ui/Page.tsx'
import { ErrorView } from '../ui/StateViews.tsx'
import { TagsField } from '../ui/TagsField.tsx'
import { tellFailed } from '../ui/told.ts'

/** Labels that are made at once. */
const most = 300

/** Labels for chosen assets, as a document that is exact to the millimetre. */
export default function LabelsPage() {
  const [address, change] = useAddress()
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 200)
  const models = useAsk(assetModels.list, { ...(asked === '' ? {} : { q: asked }), limit: 50 }, { keep: true })
  const tags = (address['assets'] ?? '').split(',').filter((tag) => tag !== '')
  const setTags = (next: readonly string[]): void => change({ assets: next.length === 0 ? undefined : next.join(',') })
  const sheet = sheetNames.find((one) => one === address['sheet']) ?? 'L7162'
  const { columns, rows } = labelSheets[sheet]
  const skip = Math.min(Number(address['skip'] ?? 0) || 0, columns * rows - 1)
  const addOf = async (model: string): Promise<void> => {
    const all = new Set(tags)
    for (let after: string | null | undefined; after !== null && all.size < most;) {
      const { items, next }: Answer<typeof assets.list> = await ask(assets.list, {
        model,
        limit: 200,
        ...(after === undefined ? {} : { after }),
      })
      for (const { tag } of items) all.add(tag)
      after = next
    }
    setTags([...all].slice(0, most))
  }
  const query = new URLSearchParams({ sheet, skip: String(skip), assets: tags.join(',') }).toString()
  return (
    <Page
      title={t('labels.page')}
      crumbs={[{ title: t('assets.title'), to: paths.assets }]}
      shape="read"
      actions={
        <Button
          component="a"
          href={`/api/v1/labels.pdf?${query}`}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconPrinter size={14} aria-hidden />}
          disabled={tags.length === 0}
        >
          {t('labels.print', { n: tags.length })}
        </Button>
      }
    >
      {models.error !== null && models.data === undefined ? (
        <ErrorView error={models.error} onRetry={() => void models.refetch()} />
      ) : (
        <div>
          <Group align="flex-start" gap="sm" mb="md">
            <Select
              w={280}
              label={t('labels.sheet')}
              allowDeselect={false}
              data={sheetNames.map((value) => ({ value, label: t(`labels.sheet.${value}`) }))}
              value={sheet}
              onChange={(next) => change({ sheet: next ?? undefined })}
            />
            <NumberInput
              w={200}
              label={t('labels.skip')}
              description={t('labels.skipHelp')}
              min={0}
              max={columns * rows - 1}
              value={skip}
              onChange={(value) => change({ skip: Number(value) > 0 ? String(value) : undefined })}
            />
            <Select
              w={260}
              label={t('labels.model')}
              description={t('labels.modelHelp')}
              searchable
              data={(models.data?.items ?? []).map((one) => ({
                value: one.id,
                label: [one.manufacturer?.name, one.name, one.number].filter(Boolean).join(' '),
              }))}
              filter={({ options }) => options}
              searchValue={words}
              onSearchChange={setWords}
              value={null}
              onChange={(model) => {
                if (model === null) return
                setWords('')
                addOf(model).catch(tellFailed)
              }}
            />
          </Group>
          <TagsField tags={tags} onChange={setTags} />
        </div>
      )}
    </Page>
  )
}
