/** What the definitions say in English, in Chinese. A test names what is missing here, and what no definition says any more. */

import { controlSentences } from './chinese-control.js'

const actions = {
  'official clients (viapi-utils)': '官方客户端（viapi-utils）',
  'official clients (…Advance methods)': '官方客户端（…Advance 方法）',
  'interface of the official SDKs, in no chapter of the VOD manual': '官方 SDK 的接口定义；点播手册未收录',
  'The file of the result is a sample of 320 x 180 pixels and two seconds, because nothing here encodes videos. Its size and length are known all the same: as the input of a further job, and for the price, it is what was asked for.':
    '模拟器不做视频编码，结果文件是一段 320 x 180 像素、两秒的样例视频。但它应有的尺寸和时长都已记录：作为后续任务的输入以及计费时，均以请求的规格为准。',
}

/** Why only a fault leads to an error. */
const errors = {
  'Certificates are in the account, and can always be deleted.': '证书保存在账号内，随时可以删除。',
  'Meant for accounts of the provider itself.': '仅针对云服务商自身的账号。',
  'Speaks of IP addresses, of which this Action has none: the manual has the table from SetAuditSecurityIp.':
    '该错误码针对 IP 地址，而此接口没有 IP 参数：手册沿用了 SetAuditSecurityIp 的错误码表。',
  'Stands for a failure inside the service; the emulator has none of its own to show.': '表示服务内部故障，模拟器自身不会发生。',
  'Stands for a failure to load a model; the emulator has no models.': '表示模型加载失败，模拟器不加载模型。',
  'Stands for an outage of the service; the emulator has none of its own to show.': '表示服务不可用，模拟器自身不会发生。',
  'The Action deletes nothing.': '此接口不删除任何内容。',
  'The Action has no such parameter.': '此接口没有该参数。',
  'There is no such parameter.': '没有该参数。',
}

/** When an event is sent. */
const events = {
  'a recording of a live stream has become a video': '直播录制已生成点播视频',
  'a smart tag job has ended': '智能标签作业结束',
  'a video fingerprint job has ended': '视频 DNA 作业结束',
  'a video was to be deleted': '提交了删除视频的请求',
  'all steps of a workflow have ended; it failed if one of them did': '工作流的所有步骤均已结束；任一步骤失败则为失败',
  'all streams of a video have been transcoded; it succeeded if one of them did': '视频的所有转码流均已处理完；只要有一路成功即为成功',
  'an animated image has been made of a video': '视频动图生成完成',
  'an automated review has ended': '智能审核结束',
  'one stream of a video has been transcoded': '视频的一路流转码完成',
  'snapshots of a video have been taken': '视频截图完成',
  'someone has reviewed a medium': '媒资的人工审核完成',
  'the file of a video or audio has been analysed': '音视频文件分析完成',
  'the file of an attached medium has arrived': '辅助媒资文件上传完成',
  'the file of an image has arrived': '图片文件上传完成',
  'the pull of one URL has ended': '单个 URL 的拉取上传结束',
  'the recordings of a live stream that is over are being put together': '直播结束，开始合成录制视频',
  'the video of an editing project has been produced': '云剪辑工程的视频合成完成',
  'the whole file of a video or audio has arrived': '音视频文件上传完成',
  'title, description, cover, category or tags of a video have been set, changed or deleted':
    '视频的标题、描述、封面、分类或标签被设置、修改或删除',
}

const facts = {
  'code and text for a mandatory parameter that is missing': '缺少必填参数时的错误码与错误信息',
  '`MissingParameter`, in imageenhan `ParameterError`': '`MissingParameter`，imageenhan 为 `ParameterError`',
  '`Missing<Name>`, 400, "<Name> is mandatory for this action."': '`Missing<Name>`，400，"<Name> is mandatory for this action."',
  'aliyun/openapi-core-nodejs-sdk#95 (the host of VOD), logs of clients of imageenhan, imageseg and DNS':
    'aliyun/openapi-core-nodejs-sdk#95（点播域名）；imageenhan、imageseg 与 DNS 客户端的日志',
  '2022 to 2026-03': '2022 年至 2026 年 3 月',
  "text of GetPlayInfo's `Forbidden.IllegalStatus`": 'GetPlayInfo 的 `Forbidden.IllegalStatus` 的错误信息',
  // Quotes, names and dates are the same in every language.
  '"Status of the video is illegal. Current Status is <Status>."': '"Status of the video is illegal. Current Status is <Status>."',
  '"Currently Video Status is <Status> and AuditStatus is <AuditStatus>"':
    '"Currently Video Status is <Status> and AuditStatus is <AuditStatus>"',
  'SaveW1nd/EduMatrix, VodClient': 'SaveW1nd/EduMatrix, VodClient',
  '2026': '2026',
}

/** What a client sees of a scenario. */
const scenarios = {
  'Every call takes 0.3 to 1.5 seconds, and every third is refused with 503 ServiceUnavailable. A client that waits and calls again gets through.':
    '每次调用耗时 0.3 至 1.5 秒，每三次有一次返回 503 ServiceUnavailable。等待后重试的客户端能够成功。',
  'Calls are refused with InvalidAccessKeyId.Inactive, and requests to OSS with InvalidAccessKeyId, as if the access key had been disabled. Calling again does not help.':
    '调用返回 InvalidAccessKeyId.Inactive，OSS 请求返回 InvalidAccessKeyId，如同 AccessKey 已被禁用。重试无效。',
  'Every second event notification arrives twice, and every third of the others ten minutes later than it should, behind those that came after it.':
    '每两个事件通知有一个送达两次；其余的每三个有一个迟到十分钟，排在后发生的事件之后。',
  'Twelve hours pass: STS sessions, upload credentials and playback credentials that were handed out before have expired (InvalidSecurityToken.Expired; in OSS SecurityTokenExpired), and so have signed URLs. New ones are valid. Jobs that were under way have ended.':
    '时间过去十二小时：此前签发的 STS 会话、上传凭证和播放凭证均已过期（InvalidSecurityToken.Expired；OSS 为 SecurityTokenExpired），签名 URL 也已失效。新签发的有效。进行中的任务已经结束。',
  'Every third part of an upload is refused with 500 InternalError, and every third PutObject finds its connection reset. A client that sends it again gets through.':
    '每三个分片有一个返回 500 InternalError，每三次 PutObject 有一次连接被重置。重新发送的客户端能够成功。',
  'Every third answer breaks off in the middle, every third of the others is cut to 20 bytes, and of those that are left every third is unreadable. The calls have taken effect all the same.':
    '每三个应答有一个中途断开；其余的每三个有一个被截断为 20 字节；再其余的每三个有一个无法解析。但这些调用都已生效。',
  'No event notification arrives, though the service believes that it does. A client that only waits for callbacks waits forever; one that also asks for the status does not.':
    '事件通知全部丢失，而服务认为已送达。只等待回调的客户端会一直等下去，同时查询状态的客户端不受影响。',
  'Every second call that creates something, such as CreateUploadVideo, takes effect, but its connection breaks before the answer. A client that simply calls again has made it twice.':
    '每两次创建类调用（如 CreateUploadVideo）有一次已生效，但连接在应答前断开。直接重试的客户端会重复创建。',
  'The services are suspended because of unpaid bills: calls are refused with the code that each service has for it, such as OperationDenied.Suspended of VOD. Calling again does not help.':
    '服务因欠费停用：调用返回各服务相应的错误码，如点播的 OperationDenied.Suspended。重试无效。',
  "For ten minutes of the account's clock nothing is served: every second call finds its connection reset, the others are refused with 503 ServiceUnavailable, and so is every request to OSS. Then all is as before.":
    '在账号时钟的十分钟内服务不可用：每两次调用有一次连接被重置，其余返回 503 ServiceUnavailable，OSS 请求也全部返回 503。之后恢复正常。',
  "A video that is uploaded is analysed for five minutes; a transcoding job waits for ten minutes and takes an hour. Until then, videos are Transcoding and have no play addresses of it. Each stage takes its time on the account's clock.":
    '视频上传后需分析五分钟；转码任务排队十分钟，再转码一小时。在此之前视频状态为 Transcoding，没有转码流的播放地址。各阶段的时间均按账号的时钟计算。',
  'Jobs of the video services that are submitted stay QUEUING, however long a client polls. They stay so when the scenario ends, until they are released.':
    '视频类视觉服务新提交的任务一直处于 QUEUING，无论客户端轮询多久。场景结束后仍然如此，直到被放行。',
  'Every Action can be called once a second; what goes beyond is refused with Throttling.User. A client that spreads its calls gets through.':
    '每个接口每秒只能调用一次，超出的返回 Throttling.User。分散调用的客户端能够成功。',
}

/** What holds in a provider state, and what it gives. */
const states = {
  'The Action has been called, and all jobs have ended. A parameter of its example that a state before it gives has the value that is given.':
    '已调用该接口，且所有任务均已结束。示例中的参数若由前面的状态提供，则取所提供的值。',
  'parameters of the Action, instead of those of its example; placeholders in them stand for what a state gives':
    '该接口的参数，代替其示例中的参数；其中的占位符代表状态提供的值',
  'Whatever job of the Action comes to its work, fails: with this error, or as one that has been tried too often. Transcoding is of SubmitTranscodeJobs, whatever has led to it.':
    '该接口的任务一旦开始工作就失败：以指定的错误失败，或如同重试次数用尽。无论由什么引发，转码都属于 SubmitTranscodeJobs。',
  'A live stream has been recorded; what is to become of its recordings has come to an end, be it good or bad.':
    '一路直播已录制完毕；对录制内容的处理均已结束，无论成败。',
  'what is told of a live stream: domainName, appName, streamName, duration, period, compose and so on':
    '直播流的信息：domainName、appName、streamName、duration、period、compose 等',
  'All events are posted to a URL, and signed.': '所有事件都发送到一个 URL，并带有签名。',
  'All events are put into a queue.': '所有事件都放入一个队列。',
  'parameters of SetMessageCallback, instead of those that this takes': 'SetMessageCallback 的参数，代替此处采用的参数',
  'The video has been created, and nothing uploaded; requests to OSS are signed with the credentials that were handed out.':
    '视频已创建，尚未上传任何内容；对 OSS 的请求用所颁发的凭证签名。',
  'bucket that its file goes to': '文件所在的 Bucket',
  'name of the file in it': '文件在其中的名称',
  'As with an upload ticket; an upload in parts has been begun, and these parts have arrived.':
    '与上传凭证的状态相同；分片上传已经开始，且这些分片已上传。',
  'id of the upload': '上传的 ID',
  'Nothing is in the account. So it is without any state, too.': '账号为空。未指定任何状态时也是如此。',
  'The account has not activated the service.': '账号未开通该服务。',
  'Bills are unpaid: every service is suspended.': '账号欠费，所有服务停用。',
  'A further call of the Action is throttled.': '再次调用该接口会被限流。',
  'The call is signed with a key that no account has.': '调用使用任何账号都没有的 AccessKey 签名。',
  'The call is signed with a key that has been disabled.': '调用使用已禁用的 AccessKey 签名。',
  'The call is signed with temporary credentials of a role that may call everything.':
    '调用使用 RAM 角色的临时凭证签名，该角色可以调用所有接口。',
  'The call is signed with temporary credentials whose time is up.': '调用使用已过期的临时凭证签名。',
  'The call is signed with the key of a RAM user who may call everything else.':
    '调用使用 RAM 用户的 AccessKey 签名，该用户可以调用其他所有接口。',
  'The call is signed with temporary credentials of a role that may call everything else.':
    '调用使用 RAM 角色的临时凭证签名，该角色可以调用其他所有接口。',
  'The file behind `url` is as the other parameters say.': '`url` 指向的文件如其他参数所述。',
  'Something is wrong with the file behind `url`. It cannot be downloaded, cannot be decoded, is empty, shows something else, is unsafe, never finishes, fails every time.':
    '`url` 指向的文件有问题：cannot be downloaded（无法下载）、cannot be decoded（无法解码）、is empty（为空）、shows something else（内容不符）、is unsafe（违规）、never finishes（无法处理完）、fails every time（每次都失败）。',
  'A URL that no other state has declared leads nowhere.': '未由其他状态声明的 URL 都无法访问。',
  'The Action has been called, and its job has succeeded.': '已调用该接口，任务已成功。',
  'The Action has been called, and its job is being worked on.': '已调用该接口，任务正在处理。',
  'The Action has been called, and its job waits.': '已调用该接口，任务正在排队。',
  'The job has failed: the file it works on cannot be decoded.': '任务已失败：输入文件无法解码。',
  'The job was not finished in time.': '任务未能按时完成。',
  'The job has failed as often as it is tried.': '任务已达最大尝试次数，均失败。',
  'A further asynchronous call is told that the service is busy.': '再次调用异步接口会返回服务繁忙。',
  'A file has been pulled from a URL, processed, and can be played.': '已从 URL 拉取文件并处理完成，可以播放。',
  'The video has been created, and nothing uploaded.': '视频已创建，尚未上传文件。',
  'The video has been created, and its upload begun.': '视频已创建，分片上传已开始。',
  'UploadMediaByURL has been called, and its job waits.': '已调用 UploadMediaByURL，任务正在排队。',
  'The account has an empty bucket in cn-shanghai.': '账号在 cn-shanghai 有一个空的存储空间（Bucket）。',
  'The account has a category of media.': '账号有一个媒资分类。',
  'An image has been created and its file uploaded.': '图片已创建，文件已上传。',
  'A watermark, subtitle or material has been created and its file uploaded.': '水印、字幕或素材已创建，文件已上传。',
  'A file has been pulled from a URL and transcoded.': '已从 URL 拉取文件并转码。',
  'An animated image has been made of a video.': '已为视频生成动图。',
  'The account has a template of animated images.': '账号有一个动图模板。',
  'The account has a workflow that transcodes.': '账号有一个包含转码的工作流。',
  'The account has created a group with a template in it.': '账号已创建一个转码模板组，其中有一个模板。',
  'The account has created a template of snapshots, or of animated images.': '账号已创建一个截图模板或动图模板。',
  'An auxiliary medium for watermarks has been created and its file uploaded.': '已创建用作水印的辅助媒资，文件已上传。',
  'The account has a text watermark, or another one.': '账号有一个文字水印或其他水印。',
  'GenerateKMSDataKey has been called.': '已调用 GenerateKMSDataKey。',
  'A video can be played, and there is a project that has it on its timeline and among its materials.':
    '有一个可以播放的视频，以及一个时间线和素材中都包含它的云剪辑工程。',
  'A video that can be played has been reviewed by machine, by the default template.': '一个可以播放的视频已按默认模板完成智能审核。',
  'The account has an AI template for reviews that blocks what is in violation.': '账号有一个用于审核的 AI 模板，违规内容会被屏蔽。',
  'The same file has been pulled twice from a URL, and fingerprints of both have been taken.':
    '同一文件从 URL 拉取了两次，两个视频的 DNA 均已提取。',
  'A file has been pulled from a URL, and tags have been found for it.': '已从 URL 拉取文件，并已得到智能标签。',
  'The account has an AI template of the type AIImage, and a video.': '账号有一个类型为 AIImage 的 AI 模板和一个视频。',
  'Smart covers have been taken from a video.': '已为视频生成智能封面。',
  'A live stream of ten minutes has been recorded, and the recording can be played.': '一场十分钟的直播已录制，录制视频可以播放。',
  'A domain has been added, and is online.': '已添加加速域名，且已上线。',
  'The DNS has the record that proves that the domain belongs to the account.': 'DNS 中已有证明域名归属于该账号的解析记录。',
  'Functions of a play domain have been set, and are in force.': '加速域名的功能已配置并生效。',
  'A file under a play domain is being refreshed.': '正在刷新加速域名下的一个文件。',
  'The addresses of a video under a play domain are being refreshed.': '正在刷新加速域名下一个视频的播放地址。',
  'A file has been pulled from a URL, an audience has played it, and there are statistics of that day.':
    '已从 URL 拉取文件，有观众播放过，且已有当天的统计数据。',
  'A file has been pulled from a URL, transcoded, and looked at by AI.': '已从 URL 拉取文件，完成转码和 AI 处理。',
  'The account has an app beside the one of the system.': '账号除系统应用外还有一个应用。',
  'The account has an app, and a RAM user may do everything in it.': '账号有一个应用，且有一个 RAM 用户拥有该应用的全部权限。',
  "The system's own app has a video that can be played.": '系统应用中有一个可以播放的视频。',
  'parameters of AddWatermark, instead of those of a text': 'AddWatermark 的请求参数，替代默认的文字水印',
  'a review that blocks it': '将其屏蔽的审核内容',
  'address of the file in OSS': '文件在 OSS 中的地址',
  'before that': '此前的时间',
  'host that it was pushed to': '推流域名',
  'id of a setting': '某项配置的 ID',
  'id of one of them': '其中一个的 ID',
  'id of the app': '应用 ID',
  'id of the auxiliary medium': '辅助媒资 ID',
  'id of the category': '分类 ID',
  'id of the dynamic image': '动图 ID',
  'id of the first template in it': '其中第一个模板的 ID',
  'id of the group': '转码模板组 ID',
  'id of the image': '图片 ID',
  'id of the job that has found them': '得到标签的作业 ID',
  'id of the job that has made the stream': '生成该流的作业 ID',
  'id of the job that has pulled it': '拉取任务 ID',
  'id of the job that has taken its fingerprint': '提取其 DNA 的作业 ID',
  'id of the job that has taken them': '生成封面的任务 ID',
  'id of the job': '任务 ID',
  'id of the medium': '媒资 ID',
  'id of the project': '云剪辑工程 ID',
  'id of the review': '审核作业 ID',
  'id of the second video': '第二个视频的 ID',
  'id of the task': '任务 ID',
  'id of the template': '模板 ID',
  'id of the video': '视频 ID',
  'id of the watermark': '水印 ID',
  'id of the workflow': '工作流 ID',
  'its address': '其地址',
  'its app': '所属应用（AppName）',
  'its host': '其域名',
  'its timeline': '其时间线',
  'JSON with the id of a template group': '含转码模板组 ID 的 JSON',
  'name of the stream': '直播流名称',
  'name of the user': '用户名',
  'now, after it': '其后，即当前时间',
  'now, two days later': '两天后，即当前时间',
  'shortly before': '稍早的时间',
  'the domain': '域名',
  'the same': '同上',
  'what stands for the key': '密钥的密文',
  'when it was played': '播放日期',
  'when the recording was begun': '录制开始时间',
}

/** By what stands in a definition. */
export const sentences: Readonly<Record<string, string>> = {
  ...actions,
  ...errors,
  ...events,
  ...facts,
  ...scenarios,
  ...states,
  ...controlSentences,
}

/** Sentences that differ in a name alone: by what they are, what they become. */
export const patterns: readonly (readonly [RegExp, string])[] = [
  [/^parameters of the Action, instead of those of its example$/, '该接口的请求参数，替代其示例中的参数'],
  [/^parameters of (\w+), instead of those of its example$/, '$1 的请求参数，替代其示例中的参数'],
]
