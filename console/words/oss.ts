/** Words of OSS. */

import type { Words } from './types.js'

export const oss = {
  'oss.buckets': ['Buckets', 'Bucket'],
  'oss.bucket': ['Bucket', 'Bucket'],
  'oss.uploads': ['Uploads in parts', '分片上传'],
  'oss.none': ['No buckets yet.', '还没有 Bucket。'],
  'oss.noneHelp': [
    'PutBucket of an OSS client makes one; VOD has its own as soon as something is asked of it.',
    '用 OSS 客户端的 PutBucket 创建；首次访问 VOD 时会有其自己的 Bucket。',
  ],
  'oss.empty': ['The bucket is empty.', '此 Bucket 为空。'],
  'oss.noneFound': ['No object is called that.', '没有此名称的对象。'],
  'oss.find': ['Part of a name', '名称片段'],
  'oss.list': ['Objects', '对象'],
  'oss.path': ['Folder', '文件夹'],
  'oss.key': ['Name', '名称'],
  'oss.type': ['Type', '类型'],
  'oss.modified': ['Modified', '修改时间'],
  'oss.class': ['Kind', '种类'],
  'oss.copies': ['Copies', '副本'],
  'oss.expires': ['Expires', '过期时间'],
  'oss.headers': ['Headers', '头'],
  'oss.public': ['may be read by everybody', '公共读'],
  'oss.preview': ['Preview', '预览'],
  'oss.noPreview': ['There is no preview of this type.', '此类型没有预览。'],
  'oss.cut': ['the first {n}', '前 {n}'],
  'oss.parts': ['{n} parts', '{n} 个分片'],
  'oss.begun': ['begun', '开始于'],
  'oss.noUploads': ['None is under way.', '没有正在进行的分片上传。'],
  'oss.folders': ['Objects: {n}', '{n} 个对象'],
  'oss.gone': ['There is no such object, or not any more.', '没有此对象，或已被删除。'],
} as const satisfies Words
