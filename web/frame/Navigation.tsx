import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  IconBell,
  IconKeyboard,
  IconLayoutSidebar,
  IconLifebuoy,
  IconLogout,
  IconPlus,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { signOut } from '../platform/auth.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { queryClient } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { Initials } from '../ui/Initials.tsx'
import { tellFailed } from '../ui/told.ts'
import classes from './Navigation.module.css'
import { places, type Place } from './places.ts'

const remembered = 'linchpin-navigation'
/** Places that have room on the bar of a phone, beside search, new and me. */
const mostTabs = 2

export function Navigation({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const narrow = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768, { getInitialValueInEffect: false })
  const me = useMe()
  const shown = places.filter(
    (place) => place.permission === 'signed-in' || me?.permissions.includes(place.permission) === true,
  )
  return narrow ? (
    <BottomBar shown={shown} onSearch={onSearch} />
  ) : (
    <SideBar shown={shown} onSearch={onSearch} onKeys={onKeys} />
  )
}

function SideBar({ shown, onSearch, onKeys }: { shown: readonly Place[]; onSearch: () => void; onKeys: () => void }) {
  const [small, setSmall] = useState(() => localStorage.getItem(remembered) === 'small')
  const fold = (): void => {
    localStorage.setItem(remembered, small ? 'wide' : 'small')
    setSmall(!small)
  }
  return (
    <nav className={classes['side']} data-small={small} aria-label={t('frame.navigation')}>
      <div className={classes['brand']}>
        <img src="/linchpin.svg" alt="" width={20} height={20} />
        <span className={classes['word']}>Linchpin</span>
        <Tooltip label={t(small ? 'frame.unfold' : 'frame.fold')}>
          <ActionIcon
            size={24}
            aria-label={t(small ? 'frame.unfold' : 'frame.fold')}
            aria-expanded={!small}
            onClick={fold}
          >
            <IconLayoutSidebar size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
      <UnstyledButton className={classes['search']} onClick={onSearch} aria-label={t('frame.search')}>
        <IconSearch size={15} aria-hidden /> <span className={classes['word']}>{t('frame.search')}</span>{' '}
        <kbd className={classes['word']}>ctrl k</kbd>
      </UnstyledButton>
      {(['work', 'registers', 'rules'] as const).map((group) => (
        <ul key={group} className={classes['group']}>
          {shown
            .filter((place) => place.group === group)
            .map((place) => (
              <Entry
                key={place.to}
                to={place.to}
                icon={<place.icon size={16} stroke={1.7} aria-hidden />}
                title={t(place.title)}
                small={small}
              />
            ))}
        </ul>
      ))}
      <div className={classes['space']} />
      <Bell small={small} />
      <PersonMenu small={small} onKeys={onKeys} />
    </nav>
  )
}

function Entry({
  to,
  icon,
  title,
  small,
  badge,
}: {
  to: string
  icon: ReactNode
  title: string
  small: boolean
  badge?: string | undefined
}) {
  return (
    <li>
      <Tooltip label={title} position="right" disabled={!small}>
        <Link
          to={to}
          className={classes['entry']}
          activeProps={{ 'data-active': true }}
          aria-label={badge === undefined ? title : `${title} (${badge})`}
        >
          {icon}
          <span className={classes['word']}>{title}</span>
          {badge !== undefined && <span className={classes['badge']}>{badge}</span>}
        </Link>
      </Tooltip>
    </li>
  )
}

function Bell({ small }: { small: boolean }) {
  const unread = useMe()?.unreadNotifications ?? 0
  return (
    <ul className={classes['group']}>
      <Entry
        to={paths.notifications}
        icon={<IconBell size={16} stroke={1.7} aria-hidden />}
        title={t('notifications.title')}
        small={small}
        badge={unread > 0 ? count(unread) : undefined}
      />
    </ul>
  )
}

async function leave(): Promise<void> {
  await signOut()
  queryClient.clear()
  window.location.assign(paths.signIn)
}

function PersonMenu({ small, onKeys }: { small: boolean; onKeys: () => void }) {
  const me = useMe()
  const navigate = useNavigate()
  const name = me?.person?.name ?? t('frame.apiKey')
  return (
    <Menu position="top-start" width={200}>
      <Menu.Target>
        <UnstyledButton className={classes['entry']} aria-label={t('frame.me', { name })} data-small={small}>
          <Initials name={name} />
          <span className={classes['word']}>{name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('frame.me', { name })}>
        <Menu.Item leftSection={<IconSettings size={15} />} onClick={() => void navigate({ to: paths.settings })}>
          {t('mySettings.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLifebuoy size={15} />} component="a" href={paths.portal}>
          {t('portal.toPortal')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={15} />} rightSection={<kbd>?</kbd>} onClick={onKeys}>
          {t('keys.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void leave().catch(tellFailed)}>
          {t('frame.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function BottomBar({ shown, onSearch }: { shown: readonly Place[]; onSearch: () => void }) {
  const me = useMe()
  const navigate = useNavigate()
  const first = shown.filter((place) => place.group === 'work').slice(0, mostTabs)
  const rest = shown.filter((place) => !first.includes(place))
  const unread = me?.unreadNotifications ?? 0
  return (
    <nav className={classes['bottom']} aria-label={t('frame.navigation')}>
      {first.map((place) => (
        <Link key={place.to} to={place.to} className={classes['tab']} activeProps={{ 'data-active': true }}>
          <place.icon size={19} stroke={1.6} aria-hidden />
          <span>{t(place.title)}</span>
        </Link>
      ))}
      <UnstyledButton className={classes['tab']} onClick={onSearch}>
        <IconSearch size={19} stroke={1.6} aria-hidden />
        <span>{t('frame.searchShort')}</span>
      </UnstyledButton>
      <Link to={paths.newTicket} className={classes['tab']}>
        <IconPlus size={19} stroke={1.6} aria-hidden />
        <span>{t('frame.new')}</span>
      </Link>
      <Menu position="top-end" width={220}>
        <Menu.Target>
          <UnstyledButton className={classes['tab']}>
            <Initials name={me?.person?.name ?? '?'} />
            <span>{unread > 0 ? t('frame.meUnread', { n: count(unread) }) : t('frame.meShort')}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('frame.meShort')}>
          <Menu.Item leftSection={<IconBell size={15} />} onClick={() => void navigate({ to: paths.notifications })}>
            {t('notifications.title')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSettings size={15} />} onClick={() => void navigate({ to: paths.settings })}>
            {t('mySettings.title')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLifebuoy size={15} />} component="a" href={paths.portal}>
            {t('portal.toPortal')}
          </Menu.Item>
          <Menu.Divider />
          {rest.map((place) => (
            <Menu.Item
              key={place.to}
              leftSection={<place.icon size={15} />}
              onClick={() => void navigate({ to: place.to })}
            >
              {t(place.title)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void leave().catch(tellFailed)}>
            {t('frame.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </nav>
  )
}
