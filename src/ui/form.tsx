/**
 * Every field of every form. A field finds its typed value and its error in the form around it, so a refused
 * form comes back as it was, with a summary on top whose lines lead to the fields.
 */

import { raw } from 'hono/html'
import { type Child, createContext, Fragment, useContext } from 'hono/jsx'
import type { FormState } from '../platform/http/form.ts'
import type { T } from '../platform/i18n.ts'
import { Icon } from './icon.tsx'

export type { FormState } from '../platform/http/form.ts'

type FormScope = { t: T; form: FormState; labels: Map<string, string>; required: boolean; marked: boolean }
const Scope = createContext<FormScope | null>(null)

type FormProps = {
  t: T
  form: FormState
  action: string
  method?: 'get' | 'post'
  id?: string
  /** Needed once the form has a file field. */
  multipart?: boolean
  /** Leaves out the marks of required fields, where all are (signing in) or a single one speaks for itself. */
  unmarked?: boolean
  label?: string
  children: Child
}

/** A form with its error summary. The browser's own checks are off: the portal says what is wrong, in one way. */
export function Form({ t, form, action, method = 'post', id, multipart, unmarked, label, children }: FormProps) {
  const scope: FormScope = { t, form, labels: new Map(), required: false, marked: !unmarked }
  // The summary names fields by their labels, so the fields are drawn before it.
  const fields = (<Scope.Provider value={scope}>{children}</Scope.Provider>).toString()
  return (
    <form
      class="kp-form"
      action={action}
      method={method}
      id={id}
      enctype={multipart ? 'multipart/form-data' : undefined}
      aria-label={label}
      novalidate
      data-once={method === 'post' ? t('ui.working') : undefined}
    >
      <ErrorSummary t={t} errors={form.errors} labels={scope.labels} />
      {scope.required && scope.marked && <p class="kp-required-note">{t('ui.required_note')}</p>}
      {raw(fields)}
    </form>
  )
}

/** Lends fields the values and errors of a form whose element stands elsewhere, such as a `FilterBar`. */
export function FieldScope({ t, form, children }: { t: T; form: FormState; children: Child }) {
  return (
    <Scope.Provider value={{ t, form, labels: new Map(), required: false, marked: false }}>{children}</Scope.Provider>
  )
}

/** What is wrong, in one place, with the focus on it; each line leads to its field. */
export function ErrorSummary({
  t,
  errors,
  labels,
}: {
  t: T
  errors: FormState['errors']
  labels?: Map<string, string>
}) {
  const names = Object.keys(errors)
  if (names.length === 0) return null
  const known = [...(labels?.keys() ?? [])].filter((name) => name in errors)
  const rest = names.filter((name) => !known.includes(name))
  return (
    <div class="kp-errors" role="alert" tabindex={-1} autofocus>
      <h2>{t('ui.errors_title', { count: names.length })}</h2>
      <ul>
        {known.map((name) => (
          <li>
            <a href={`#${idOf(name)}`}>
              {t('ui.errors_of_field', {
                // A label that asks a question is followed by a colon here.
                label: (labels?.get(name) ?? name).replace(/\s*\?$/, ''),
                error: errors[name] ?? '',
              })}
            </a>
          </li>
        ))}
        {rest.map((name) => (
          <li>{errors[name]}</li>
        ))}
      </ul>
    </div>
  )
}

/** Field names may hold dots and brackets; ids stay free of what CSS and fragments would misread. */
export function idOf(name: string): string {
  return `field-${name.replace(/[^A-Za-z0-9_-]/g, '-')}`
}

type FieldProps = {
  name: string
  label: string
  hint?: Child
  required?: boolean
  /** Shown until something was typed. */
  value?: string
  disabled?: boolean
  /** Its column or heading says what it is: the label is for screen readers. */
  quiet?: boolean
}

function useField({ name, label, required }: { name: string; label: string; required?: boolean }) {
  const scope = useContext(Scope)
  if (!scope) throw new Error(`field ${name} stands outside a <Form>`)
  scope.labels.set(name, label)
  if (required) scope.required = true
  const id = idOf(name)
  return { t: scope.t, id, error: scope.form.errors[name], typed: scope.form.values[name] }
}

/** Label, hint, control, error: the same order and the same ids for every kind of field. */
function Field(props: FieldProps & { id: string; error?: string; t: T; children: Child; after?: Child }) {
  const { id, label, required, error, t, quiet } = props
  return (
    <div class={error ? 'kp-field kp-field-wrong' : 'kp-field'}>
      <label class={quiet ? 'visually-hidden' : 'form-label'} for={id}>
        {label}
        {required && <RequiredMark />}
      </label>
      <Notes id={id} hint={props.hint} error={error} t={t} />
      {props.children}
      {props.after}
    </div>
  )
}

function RequiredMark() {
  if (!useContext(Scope)?.marked) return null
  return (
    <span class="kp-required" aria-hidden="true">
      *
    </span>
  )
}

function Notes({ id, hint, error, t }: { id: string; hint?: Child; error?: string; t: T }) {
  return (
    <Fragment>
      {hint && (
        <div class="form-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <p class="kp-field-error" id={`${id}-error`}>
          <Icon name="alert-circle" label={t('ui.error')} />
          {error}
        </p>
      )}
    </Fragment>
  )
}

function describedBy(id: string, hint: unknown, error: unknown): string | undefined {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

const oneOf = (typed: string | string[] | undefined) => (Array.isArray(typed) ? typed[0] : typed)

type TextFieldProps = FieldProps & {
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'date' | 'number'
  /** A token of the HTML standard ("email", "organization"), or "off". */
  autocomplete?: string
  inputmode?: 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | 'search'
  maxlength?: number
  min?: string | number
  max?: string | number
  /** For serial numbers, keys and host IDs: monospaced, nothing corrected or capitalised on the way. */
  code?: boolean
  /** As wide as what is expected, so that the field shows how much to type. */
  width?: 'short' | 'medium'
  /** Proposals to choose from; anything else may be typed. */
  options?: string[]
  /** A button or unit right behind the field. */
  after?: Child
  readonly?: boolean
}

/** One line of text. With `options` it is a combo box. */
export function TextField(props: TextFieldProps) {
  const { t, id, error, typed } = useField(props)
  const { options } = props
  const input = (
    <input
      id={id}
      name={props.name}
      type={props.type ?? 'text'}
      value={oneOf(typed) ?? props.value}
      class={controlClass(props, error)}
      required={props.required}
      disabled={props.disabled}
      readonly={props.readonly}
      aria-invalid={error ? 'true' : undefined}
      aria-describedby={describedBy(id, props.hint, error)}
      autocomplete={props.autocomplete}
      autocapitalize={props.code ? 'off' : undefined}
      spellcheck={props.code ? false : undefined}
      dir={props.code ? 'ltr' : 'auto'}
      inputmode={props.inputmode}
      maxlength={props.maxlength}
      min={props.min}
      max={props.max}
      list={options ? `${id}-options` : undefined}
    />
  )
  return (
    <Field {...props} id={id} error={error} t={t} after={options && <Options id={id} options={options} />}>
      <WithAfter after={props.after}>{input}</WithAfter>
    </Field>
  )
}

function WithAfter({ after, children }: { after: Child; children: Child }) {
  if (!after) return <>{children}</>
  return (
    <div class="kp-with-button">
      {children}
      {after}
    </div>
  )
}

function Options({ id, options }: { id: string; options: string[] }) {
  return (
    <datalist id={`${id}-options`}>
      {options.map((option) => (
        <option value={option} />
      ))}
    </datalist>
  )
}

function controlClass({ code, width }: { code?: boolean; width?: 'short' | 'medium' }, error?: string): string {
  return `form-control${code ? ' kp-code-input' : ''}${width ? ` kp-width-${width}` : ''}${error ? ' is-invalid' : ''}`
}

/** A password: pasting and password managers are welcome, and it can be shown. What was typed never comes back. */
export function PasswordField(props: FieldProps & { autocomplete: 'current-password' | 'new-password' }) {
  const { t, id, error } = useField(props)
  return (
    <Field {...props} id={id} error={error} t={t}>
      <div class="kp-with-button" data-password>
        <input
          id={id}
          name={props.name}
          type="password"
          class={controlClass({}, error)}
          required={props.required}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy(id, props.hint, error)}
          autocomplete={props.autocomplete}
          autocapitalize="off"
          spellcheck={false}
        />
        <button
          type="button"
          class="btn btn-icon"
          aria-label={t('ui.show_password')}
          aria-pressed="false"
          aria-controls={id}
          hidden
        >
          <Icon name="eye" />
        </button>
      </div>
    </Field>
  )
}

/** Several lines of text. */
export function TextArea(
  props: FieldProps & { rows?: number; maxlength?: number; code?: boolean; autocomplete?: string },
) {
  const { t, id, error, typed } = useField(props)
  return (
    <Field {...props} id={id} error={error} t={t}>
      <textarea
        id={id}
        name={props.name}
        rows={props.rows ?? 4}
        class={controlClass(props, error)}
        required={props.required}
        disabled={props.disabled}
        maxlength={props.maxlength}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(id, props.hint, error)}
        autocomplete={props.autocomplete}
        autocapitalize={props.code ? 'off' : undefined}
        spellcheck={props.code ? false : undefined}
        dir={props.code ? 'ltr' : 'auto'}
      >
        {oneOf(typed) ?? props.value ?? ''}
      </textarea>
    </Field>
  )
}

export type Option = { value: string; text: string; hint?: Child; disabled?: boolean }

/** A list to choose one from. Without a `value` it starts empty, so that nothing is chosen by accident. */
export function SelectField(
  props: FieldProps & {
    options: Option[]
    autocomplete?: string
    width?: 'short' | 'medium'
    empty?: string
    /** A button right behind the field. */
    after?: Child
  },
) {
  const { t, id, error, typed } = useField(props)
  const chosen = oneOf(typed) ?? props.value ?? ''
  const width = props.width ? ` kp-width-${props.width}` : ''
  return (
    <Field {...props} id={id} error={error} t={t} after={undefined}>
      <WithAfter after={props.after}>
        <select
          id={id}
          name={props.name}
          class={`form-select${width}${error ? ' is-invalid' : ''}`}
          required={props.required}
          disabled={props.disabled}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy(id, props.hint, error)}
          autocomplete={props.autocomplete}
        >
          {(chosen === '' || !props.required) && <option value="">{props.empty ?? t('ui.choose_one')}</option>}
          {props.options.map(({ value, text, disabled }) => (
            <option value={value} selected={value === chosen} disabled={disabled}>
              {text}
            </option>
          ))}
        </select>
      </WithAfter>
    </Field>
  )
}

/** One yes or no. */
export function CheckboxField(props: Omit<FieldProps, 'value'> & { value?: string; checked?: boolean }) {
  const { t, id, error, typed } = useField(props)
  const value = props.value ?? 'on'
  const checked = typed === undefined ? props.checked : [typed].flat().includes(value)
  return (
    <div class={error ? 'kp-field kp-field-wrong' : 'kp-field'}>
      <label class="form-check" for={id}>
        <input
          id={id}
          name={props.name}
          type="checkbox"
          value={value}
          checked={checked}
          class={error ? 'form-check-input is-invalid' : 'form-check-input'}
          required={props.required}
          disabled={props.disabled}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy(id, props.hint, error)}
        />
        <span class="form-check-label">
          {props.label}
          {props.required && <RequiredMark />}
        </span>
      </label>
      <Notes id={id} hint={props.hint} error={error} t={t} />
    </div>
  )
}

type ChoiceProps = FieldProps & { options: Option[]; inline?: boolean }

/** One of a few, all visible. */
export function RadioField(props: ChoiceProps) {
  return <Choices {...props} type="radio" />
}

/** Any of a few, all visible. */
export function CheckboxesField(props: ChoiceProps & { values?: string[] }) {
  return <Choices {...props} type="checkbox" />
}

function Choices(props: ChoiceProps & { type: 'radio' | 'checkbox'; values?: string[] }) {
  const { t, id, error, typed } = useField(props)
  const chosen = [typed ?? props.values ?? props.value ?? []].flat()
  return (
    <fieldset
      class={error ? 'kp-field kp-field-wrong' : 'kp-field'}
      aria-describedby={describedBy(id, props.hint, error)}
    >
      <legend class="form-label">
        {props.label}
        {props.required && <RequiredMark />}
      </legend>
      <Notes id={id} hint={props.hint} error={error} t={t} />
      <div class={props.inline ? 'kp-choices kp-choices-inline' : 'kp-choices'}>
        {props.options.map((option, n) => (
          <Choice {...props} option={option} id={n === 0 ? id : `${id}-${n}`} checked={chosen.includes(option.value)} />
        ))}
      </div>
    </fieldset>
  )
}

function Choice(props: {
  type: string
  name: string
  option: Option
  id: string
  checked: boolean
  disabled?: boolean
}) {
  const { id, option } = props
  return (
    <label class="form-check kp-choice" for={id}>
      <input
        id={id}
        name={props.name}
        type={props.type}
        value={option.value}
        checked={props.checked}
        class="form-check-input"
        disabled={props.disabled || option.disabled}
        aria-describedby={option.hint ? `${id}-hint-of` : undefined}
      />
      <span class="form-check-label">{option.text}</span>
      {option.hint && (
        <span class="form-check-description" id={`${id}-hint-of`}>
          {option.hint}
        </span>
      )}
    </label>
  )
}

/** A file to send; the form around it must be `multipart`. */
export function FileField(props: Omit<FieldProps, 'value'> & { accept?: string; multiple?: boolean }) {
  const { t, id, error } = useField(props)
  return (
    <Field {...props} id={id} error={error} t={t}>
      <input
        id={id}
        name={props.name}
        type="file"
        accept={props.accept}
        multiple={props.multiple}
        class={controlClass({}, error)}
        required={props.required}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(id, props.hint, error)}
      />
    </Field>
  )
}

/** Fields that belong together under one heading. */
export function Fieldset({ legend, hint, children }: { legend: string; hint?: Child; children: Child }) {
  return (
    <fieldset class="kp-fieldset">
      <legend>{legend}</legend>
      {hint && <p class="form-hint">{hint}</p>}
      {children}
    </fieldset>
  )
}

/** Fields side by side where there is room, for short ones that are read together. */
export function FieldRow({ children }: { children: Child }) {
  return <div class="kp-field-row">{children}</div>
}

/** The buttons at the end of a form: the primary one first. */
export function Actions({ children }: { children: Child }) {
  return <div class="kp-actions">{children}</div>
}
