import { createTheme, type CSSVariablesResolver } from '@mantine/core'
import { t } from '../platform/i18n.ts'

/** What a screen reader is told of a button that shows only a cross. */
const closeButtonProps = { 'aria-label': t('close') }
const clearButtonProps = { 'aria-label': t('clear') }

/** Words under a control are never smaller than a label. */
const help = { fontSize: 'var(--mantine-font-size-xs)' }

/** One accent (petrol); red, amber and green are kept for what they mean. */
export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.25,
  colors: {
    petrol: [
      '#e8f5f8',
      '#d3e8ee',
      '#a5d0dc',
      '#74b6c9',
      '#4fa3ba',
      '#338fa9',
      '#1f7b95',
      '#0b6478',
      '#085465',
      '#044352',
    ],
    dark: [
      '#d3d7db',
      '#b4bac1',
      '#9aa2ab',
      '#69727c',
      '#3a4149',
      '#2c3239',
      '#22272d',
      '#181c20',
      '#131619',
      '#0e1012',
    ],
  },
  fontFamily:
    'Inter, "Inter Variable", ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", "Liberation Mono", Menlo, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1rem' }, h2: { fontSize: '0.875rem' }, h3: { fontSize: '0.875rem' } },
  },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '8px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    TextInput: { defaultProps: { size: 'sm' } },
    InputWrapper: { styles: { description: help } },
    Checkbox: { styles: { description: help } },
    Radio: { styles: { description: help } },
    Switch: { styles: { description: help } },
    Tooltip: {
      defaultProps: {
        withArrow: false,
        openDelay: 250,
        events: { hover: true, focus: true, touch: true },
        multiline: true,
        maw: 320,
        fz: 12,
      },
    },
    Modal: {
      defaultProps: { closeButtonProps, transitionProps: { duration: 80 }, overlayProps: { backgroundOpacity: 0.35 } },
    },
    Popover: { defaultProps: { transitionProps: { duration: 60 }, shadow: 'md' } },
    Menu: { defaultProps: { transitionProps: { duration: 60 }, shadow: 'md' } },
    Drawer: { defaultProps: { closeButtonProps, transitionProps: { duration: 100 } } },
    Select: {
      defaultProps: {
        allowDeselect: false,
        clearButtonProps,
        comboboxProps: { shadow: 'md', transitionProps: { duration: 60 } },
      },
    },
  },
})

/** Greys that keep 4.5 : 1 on the page, on a hovered row and on a card. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a636d',
    '--mantine-color-placeholder': '#69727c',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b1f23',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-default-border': '#d5dade',
    '--mantine-color-anchor': '#0b6478',
  },
  dark: {
    '--mantine-color-dimmed': '#9fa8b2',
    '--mantine-color-placeholder': '#8b949e',
    '--mantine-color-body': '#131619',
    '--mantine-color-text': '#e3e6e9',
    '--mantine-color-error': '#ff8a80',
    '--mantine-color-default-border': '#343b43',
    '--mantine-color-anchor': '#6cc4d9',
  },
})
