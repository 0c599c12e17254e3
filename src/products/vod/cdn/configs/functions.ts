/** The configuration functions that a domain may have (manual 13.4.1, 13.4.2). */

import {
  type ArgumentCheck,
  among,
  anyText,
  headerText,
  hostName,
  ipAddress,
  listOf,
  matching,
  onOff,
  seconds,
  urlPath,
  wholeNumber,
} from './arguments.js'

/** One configuration function. */
export interface ConfigFunction {
  /** The arguments that it cannot do without, by name. */
  args: Readonly<Record<string, ArgumentCheck>>
  /** Those that may be left out. */
  optional?: Readonly<Record<string, ArgumentCheck>>
  /** A domain may have it several times; settings that agree in this argument are one. */
  several?: string | true
  /** Function that a domain cannot have beside it. */
  excludes?: string
  /** Says what is wrong with arguments that are right one by one. */
  check?: (args: Readonly<Record<string, string>>) => string | undefined
}

const ipList = { ip_list: listOf(ipAddress) }

const referers = listOf(matching(/^[\w*.-]{1,253}$/, 'the name of a host, or a pattern such as *.example.com'))

const shownHeaders = [
  'Content-Type',
  'Cache-Control',
  'Content-Disposition',
  'Content-Language',
  'Expires',
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Max-Age',
  'Access-Control-Expose-Headers',
]

const authKey = matching(/^[A-Za-z0-9]{6,128}$/, '6 to 128 letters and digits')

/** Functions that BatchSetVodDomainConfigs sets. */
export const settableFunctions: Readonly<Record<string, ConfigFunction>> = {
  referer_white_list_set: {
    args: { refer_domain_allow_list: referers },
    optional: { allow_empty: onOff },
    excludes: 'referer_black_list_set',
  },
  referer_black_list_set: {
    args: { refer_domain_deny_list: referers },
    optional: { allow_empty: onOff },
    excludes: 'referer_white_list_set',
  },
  filetype_based_ttl_set: {
    args: { ttl: seconds, file_type: listOf(matching(/^[A-Za-z0-9]{1,16}$/, 'the extension of a file')) },
    // The manual prints the highest weight as 199 here, and as 99 of directories.
    optional: { weight: wholeNumber(1, 199) },
    several: true,
  },
  path_based_ttl_set: { args: { ttl: seconds, path: urlPath }, optional: { weight: wholeNumber(1, 99) }, several: true },
  oss_auth: { args: { oss_bucket_id: anyText } },
  ip_black_list_set: { args: ipList, excludes: 'ip_allow_list_set' },
  ip_allow_list_set: { args: ipList, excludes: 'ip_black_list_set' },
  ip_white_list_set: { args: ipList },
  error_page: {
    args: {
      error_code: matching(/^[45]\d\d$/, 'an error status of HTTP'),
      rewrite_page: matching(/^(?:https?:\/)?\/[\x21-\x7e]{1,1024}$/, 'the address of a page'),
    },
    several: 'error_code',
  },
  set_req_host_header: { args: { domain_name: hostName } },
  set_hashkey_args: {
    args: { disable: onOff },
    optional: { hashkey_args: listOf(matching(/^[\w.-]{0,64}$/, 'the name of a parameter')) },
  },
  aliauth: {
    args: { auth_type: among('no_auth', 'type_a', 'type_b', 'type_c') },
    optional: { auth_key1: authKey, auth_key2: authKey, ali_auth_delta: seconds, ali_auth_remote_desc: anyText },
    check: ({ auth_type, auth_key1 }) =>
      auth_type !== 'no_auth' && auth_key1 === undefined ? `auth_key1: is needed with auth_type ${auth_type}` : undefined,
  },
  set_resp_header: { args: { key: among(...shownHeaders), value: headerText }, several: 'key' },
  https_force: { args: { enable: onOff }, excludes: 'http_force' },
  http_force: { args: { enable: onOff }, excludes: 'https_force' },
  l2_oss_key: { args: { private_oss_auth: onOff } },
  green_manager: { args: { enable: onOff } },
  range: { args: { enable: among('on', 'off', 'force') } },
  video_seek: { args: { enable: onOff } },
  tmd_signature: {
    args: {
      name: matching(/^[\w-]{1,64}$/, 'a name of letters, digits, - and _'),
      path: urlPath,
      pathType: among('0', '1'),
      interval: wholeNumber(10, 86_400),
      count: wholeNumber(1, 1_000_000),
      action: among('0', '1'),
      ttl: wholeNumber(1, 31_536_000),
    },
    several: true,
  },
  ali_business: { args: { ali_business_type: anyText }, optional: { ali_business_table: anyText } },
  hls_token_rewrite: { args: { enable: onOff }, optional: { hls_token_arg_name: matching(/^\w{1,64}$/, 'the name of a parameter') } },
}

/** Functions that can be asked for, but that no Action sets. */
const readOnlyFunctions = ['cc_defense', 'tesla', 'gzip', 'alivod', 'forward_scheme']

/** True for the name of a function that can be asked for. */
export const isFunction = (name: string): boolean => Object.hasOwn(settableFunctions, name) || readOnlyFunctions.includes(name)

/** The check of an argument; `undefined` if the function has no such argument. */
export const argumentOf = ({ args, optional = {} }: ConfigFunction, name: string): ArgumentCheck | undefined =>
  Object.hasOwn(args, name) ? args[name] : Object.hasOwn(optional, name) ? optional[name] : undefined
