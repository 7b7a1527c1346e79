import { Button, Checkbox, Group, NumberInput, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { assetCategories } from '../../contract/asset-models.ts'
import { people } from '../../contract/people.ts'
import {
  type DifferenceKind,
  differenceKinds,
  type KindSettings,
  type ReconciliationSettings,
  reconciliationSettings,
  type Remedy,
  severities,
} from '../../contract/reconciliation.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { FailureNote } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone } from '../ui/told.ts'
import classes from './SettingsPage.module.css'

/** What a rule may do by itself, kind by kind; the server refuses the rest. */
const acts: Partial<Record<DifferenceKind, readonly Remedy[]>> = {
  wrong_holder: ['transfer'],
  unseen: ['mark_lost'],
  unknown: ['register', 'ignore'],
  contested: ['accept'],
}

/** Which differences are looked for, who sees to them, and what is done about them by itself. */
export default function SettingsPage() {
  const asked = useAsk(reconciliationSettings.show, {})
  return (
    <Page
      title={t('differences.rules')}
      crumbs={[{ title: t('differences.page'), to: paths.reconciliation }]}
      shape="read"
    >
      <Asked question={asked}>{(settings) => <Rules key={settings.version} settings={settings} />}</Asked>
    </Page>
  )
}

function Rules({ settings }: { settings: ReconciliationSettings }) {
  const [kinds, setKinds] = useState(settings.kinds)
  const [owner, setOwner] = useState(settings.owner?.id ?? null)
  const [categories, setCategories] = useState(settings.categories)
  const mayChange = useMay('assets.configure')
  const persons = useAsk(people.list, { active: true, limit: 200 })
  const known = useAsk(assetCategories.list, {})
  const save = useAct(reconciliationSettings.save, { onDone: () => tellDone(t('differences.rulesSaved')) })
  const set = (kind: DifferenceKind, change: Partial<KindSettings>): void =>
    setKinds((before) => ({ ...before, [kind]: { ...before[kind], ...change } }))
  const choices = (persons.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({
          version: settings.version,
          owner,
          kinds,
          categories: categories.map(({ category, days, expected }) => ({ category, days, expected })),
        })
      }}
    >
      <fieldset className={classes['all']} disabled={!mayChange}>
        <Section title={t('differences.who')}>
          <Select
            maw={360}
            clearable
            searchable
            limit={60}
            label={t('differences.owner')}
            description={t('differences.ownerHelp')}
            data={
              settings.owner === null || choices.some((one) => one.value === settings.owner?.id)
                ? choices
                : [{ value: settings.owner.id, label: settings.owner.name }, ...choices]
            }
            value={owner}
            onChange={setOwner}
          />
        </Section>
        {differenceKinds.map((kind) => (
          <Section key={kind} title={t(`differences.kind.${kind}`)}>
            <KindRule kind={kind} rule={kinds[kind]} set={(change) => set(kind, change)} />
          </Section>
        ))}
        <Section title={t('differences.categories')}>
          <p className="soft">{t('differences.categoriesHelp')}</p>
          <Stack gap="xs">
            {categories.map((one, at) => (
              <Group key={one.category} gap="sm" align="end">
                <b className={classes['name']}>{one.name}</b>
                <Checkbox
                  size="xs"
                  label={t('differences.expected')}
                  checked={one.expected}
                  onChange={(event) =>
                    setCategories(categories.with(at, { ...one, expected: event.currentTarget.checked }))
                  }
                />
                <NumberInput
                  size="xs"
                  w={150}
                  min={1}
                  max={3650}
                  allowDecimal={false}
                  label={t('differences.categoryDays')}
                  value={one.days ?? ''}
                  onChange={(days) =>
                    setCategories(categories.with(at, { ...one, days: typeof days === 'number' ? days : null }))
                  }
                />
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => setCategories(categories.filter((other) => other !== one))}
                >
                  {t('differences.categoryDrop')}
                  <span className="unseen"> {one.name}</span>
                </Button>
              </Group>
            ))}
            <Select
              size="xs"
              maw={280}
              searchable
              limit={60}
              placeholder={t('differences.categoryAdd')}
              aria-label={t('differences.categoryAdd')}
              data={(known.data?.items ?? [])
                .filter(({ id }) => !categories.some((one) => one.category === id))
                .map(({ id, name }) => ({ value: id, label: name }))}
              value={null}
              onChange={(id) => {
                const found = known.data?.items.find((one) => one.id === id)
                if (found !== undefined)
                  setCategories([...categories, { category: found.id, name: found.name, days: null, expected: true }])
              }}
            />
          </Stack>
        </Section>
      </fieldset>
      <FailureNote error={save.error} />
      {mayChange && (
        <Group mt="md">
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      )}
    </form>
  )
}

function KindRule({
  kind,
  rule,
  set,
}: {
  kind: DifferenceKind
  rule: KindSettings
  set: (change: Partial<KindSettings>) => void
}) {
  const whole = { min: 0, max: 3650, allowDecimal: false, size: 'xs', w: 150 } as const
  const alone = acts[kind] ?? []
  return (
    <Stack gap="xs">
      <Checkbox
        size="xs"
        label={t('differences.on')}
        checked={rule.on}
        onChange={(event) => set({ on: event.currentTarget.checked })}
      />
      {rule.on && (
        <Group gap="sm" align="end">
          {rule.days !== null && (
            <NumberInput
              {...whole}
              label={t('differences.days')}
              value={rule.days}
              onChange={(days) => set({ days: typeof days === 'number' ? days : 0 })}
            />
          )}
          <Select
            size="xs"
            w={130}
            allowDeselect={false}
            label={t('differences.severity')}
            data={severities.map((value) => ({ value, label: t(`differences.severity.${value}`) }))}
            value={rule.severity}
            onChange={(severity) => set({ severity: severity ?? 'normal' })}
          />
          <NumberInput
            {...whole}
            max={365}
            label={t('differences.dueDays')}
            placeholder={t('differences.nobodyBound')}
            value={rule.dueDays ?? ''}
            onChange={(days) => set({ dueDays: typeof days === 'number' ? days : null })}
          />
          {alone.length > 0 && (
            <Select
              size="xs"
              w={210}
              clearable
              label={t('differences.act')}
              placeholder={t('differences.actNone')}
              data={alone.map((value) => ({ value, label: t(`differences.remedy.${value}`) }))}
              value={rule.act}
              onChange={(act) => set({ act })}
            />
          )}
          {rule.act !== null && (
            <NumberInput
              {...whole}
              label={t('differences.actDays')}
              value={rule.actDays}
              onChange={(days) => set({ actDays: typeof days === 'number' ? days : 0 })}
            />
          )}
        </Group>
      )}
    </Stack>
  )
}
