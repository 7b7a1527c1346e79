import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { imports, type ImportRun } from '../../contract/imports.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import type { Column } from '../ui/columns.ts'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { RunStatus } from './RunStatus.tsx'
import { useSourceTitle } from './source-title.ts'

const columns = (titleOf: (source: string) => string): Column<ImportRun>[] => [
  {
    id: 'file',
    title: t('imports.file'),
    width: 'grow',
    main: true,
    render: (row) => (
      <>
        <span style={{ fontWeight: 500 }}>{row.fileName}</span> <span className="soft">{titleOf(row.source)}</span>
      </>
    ),
  },
  { id: 'status', title: t('imports.status'), width: 190, render: (row) => <RunStatus run={row} /> },
  { id: 'rows', title: t('imports.count.rows'), width: 100, align: 'right', render: (row) => number(row.counts.rows) },
  {
    id: 'created',
    title: t('imports.count.created'),
    width: 100,
    align: 'right',
    render: (row) => number(row.counts.created),
  },
  {
    id: 'updated',
    title: t('imports.count.updated'),
    width: 100,
    align: 'right',
    render: (row) => number(row.counts.updated),
  },
  {
    id: 'unchanged',
    title: t('imports.count.unchanged'),
    width: 110,
    align: 'right',
    render: (row) => number(row.counts.unchanged),
  },
  {
    id: 'rejected',
    title: t('imports.count.rejected'),
    width: 100,
    align: 'right',
    render: (row) => number(row.counts.rejected),
  },
  { id: 'by', title: t('imports.by'), width: 150, render: (row) => row.by },
  { id: 'at', title: t('imports.at'), width: 110, render: (row) => <Moment at={row.createdAt} as="nearby" /> },
]

export default function ImportsPage() {
  const navigate = useNavigate()
  const list = useAskPages(imports.list, { limit: 50 })
  const button = (
    <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => void navigate({ to: paths.newImport })}>
      {t('importNew.title')}
    </Button>
  )
  return (
    <ListPage
      title={t('imports.title')}
      list={list}
      columns={columns(useSourceTitle())}
      addressOf={(row) => paths.import(row.id)}
      actions={button}
      empty={{ title: t('imports.empty'), help: t('imports.emptyHelp'), action: button }}
    />
  )
}
