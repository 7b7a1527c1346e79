import { MultiSelect, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { ServiceDefinition } from '../../contract/catalogue.ts'
import { teams } from '../../contract/people.ts'
import { categories, queues } from '../../contract/queues.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { MoneyInput } from '../ui/MoneyInput.tsx'
import classes from './Catalogue.module.css'

interface Props {
  definition: ServiceDefinition
  change: (part: Partial<ServiceDefinition>) => void
}

/** What a service is, what it costs, how long it takes, who may order it and where its tickets go. */
export function AboutEditor({ definition: d, change }: Props) {
  const ofQueues = useAsk(queues.list, {})
  const ofTeams = useAsk(teams.list, { limit: 200 })
  const ofCategories = useAsk(categories.list, {})
  const options = (items: readonly { id: string; name: string; active: boolean }[] | undefined) =>
    (items ?? []).filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))
  const money = (part: 'oneOff' | 'monthly') => (
    <MoneyInput
      label={t(`catalogueSetup.price.${part}`)}
      value={
        d.price[part] === 0 && d.currency === null ? null : { minor: d.price[part], currency: d.currency ?? 'EUR' }
      }
      error={undefined}
      onChange={(given) =>
        change({ price: { ...d.price, [part]: given?.minor ?? 0 }, currency: given?.currency ?? d.currency })
      }
    />
  )
  return (
    <>
      <div className={classes['row']}>
        <TextInput
          label={t('catalogueSetup.name')}
          required
          maxLength={120}
          value={d.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('catalogueSetup.summary')}
          maxLength={300}
          value={d.summary}
          onChange={(event) => change({ summary: event.currentTarget.value })}
        />
      </div>
      <Textarea
        label={t('catalogueSetup.description')}
        autosize
        minRows={2}
        maxLength={5000}
        value={d.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
        mb="xs"
      />
      <div className={classes['row']}>
        {money('oneOff')}
        {money('monthly')}
        <NumberInput
          label={t('catalogueSetup.delivery')}
          min={1}
          max={250}
          value={d.deliveryDays ?? ''}
          onChange={(days) => change({ deliveryDays: typeof days === 'number' ? days : null })}
        />
        {d.price.monthly > 0 && (
          <NumberInput
            label={t('catalogueSetup.months')}
            description={t('catalogueSetup.monthsHelp')}
            min={1}
            max={60}
            allowDecimal={false}
            value={d.months}
            onChange={(months) => change({ months: Number(months) || 1 })}
          />
        )}
      </div>
      <div className={classes['row']}>
        <Select
          label={t('catalogueSetup.queue')}
          placeholder={t('catalogueSetup.defaultQueue')}
          clearable
          searchable
          data={options(ofQueues.data?.items)}
          value={d.queue}
          onChange={(queue) => change({ queue })}
        />
        <Select
          label={t('catalogueSetup.ticketCategory')}
          clearable
          searchable
          data={options(ofCategories.data?.items)}
          value={d.category}
          onChange={(category) => change({ category })}
        />
      </div>
      <p className="label">{t('catalogueSetup.visibleHelp')}</p>
      <div className={classes['row']}>
        <TagsInput
          label={t('catalogueSetup.departments')}
          value={d.visibleTo.departments}
          onChange={(departments) => change({ visibleTo: { ...d.visibleTo, departments } })}
        />
        <TagsInput
          label={t('catalogueSetup.sites')}
          value={d.visibleTo.sites}
          onChange={(sites) => change({ visibleTo: { ...d.visibleTo, sites } })}
        />
        <MultiSelect
          label={t('catalogueSetup.teams')}
          searchable
          data={options(ofTeams.data?.items)}
          value={d.visibleTo.teams}
          onChange={(ids) => change({ visibleTo: { ...d.visibleTo, teams: ids } })}
        />
      </div>
    </>
  )
}
