// Generated from core/messages.json by scripts/generate-messages.js.

/** What every message from a user carries, and every event. */
export interface SentMessage {
  InfoType?: undefined;
  /** The account's original id (`gh_…`). */
  ToUserName: string;
  /** The user's openid, or a system account. */
  FromUserName: string;
  /** Seconds since 1970. */
  CreateTime: number;
  /** What is not listed comes through as it was sent. */
  [field: string]: unknown;
}

/** What every message from a user carries. */
export interface UserMessage extends SentMessage {
  MsgType: string;
  Event?: undefined;
  /** A 64-bit number, as a string. */
  MsgId: string;
  /** There when the message comes from an article, as is `Idx`. */
  MsgDataId?: string;
  /** Which of several articles, from 1. */
  Idx?: number;
  BusinessId?: string;
}

/** What every event carries. */
export interface EventMessage extends SentMessage {
  MsgType: 'event';
  Event: string;
}

/** What every push to a third-party platform's own URL carries. */
export interface InfoMessage {
  MsgType?: undefined;
  Event?: undefined;
  InfoType: string;
  ToUserName?: undefined;
  FromUserName?: undefined;
  /** The AppID of the third-party platform. */
  AppId: string;
  /** Seconds since 1970. */
  CreateTime: number;
  /** What is not listed comes through as it was sent. */
  [field: string]: unknown;
}

/** A user sends a text, or taps an item of a menu message. `text` */
export interface TextMessage extends UserMessage {
  MsgType: 'text';

  Content: string;
  bizmsgmenuid?: string;
  MsgId: string;
}

/** A user sends a picture. `image` */
export interface ImageMessage extends UserMessage {
  MsgType: 'image';

  PicUrl: string;
  MediaId: string;
  MsgId: string;
}

/** A user sends a voice message. `voice` */
export interface VoiceMessage extends UserMessage {
  MsgType: 'voice';

  MediaId: string;
  Format: string;
  MsgId: string;
  MediaId16K?: string;
  Recognition?: string;
}

/** A user sends a video. `video` */
export interface VideoMessage extends UserMessage {
  MsgType: 'video';

  MediaId: string;
  ThumbMediaId: string;
  MsgId: string;
}

/** A user sends a short video taken in WeChat. `shortvideo` */
export interface ShortvideoMessage extends UserMessage {
  MsgType: 'shortvideo';

  MediaId: string;
  ThumbMediaId: string;
  MsgId: string;
}

/** A user sends a place. `location` */
export interface LocationMessage extends UserMessage {
  MsgType: 'location';

  Location_X: string;
  Location_Y: string;
  Scale: number;
  Label: string;
  MsgId: string;
}

/** A user sends a link. `link` */
export interface LinkMessage extends UserMessage {
  MsgType: 'link';

  Title: string;
  Description: string;
  Url: string;
  MsgId: string;
}

/** A user sends a mini program card to customer service. `miniprogrampage` */
export interface MiniprogrampageMessage extends UserMessage {
  MsgType: 'miniprogrampage';

  Title: string;
  AppId: string;
  PagePath: string;
  ThumbUrl: string;
  ThumbMediaId?: string;
  MsgId: string;
}

/** A user sends a file (not documented). `file` */
export interface FileMessage extends UserMessage {
  MsgType: 'file';

  Title: string;
  Description: string;
  FileKey: string;
  FileMd5: string;
  FileTotalLen: number;
  MsgId: string;
}

/** A device of the user reports data (old hardware platform). `device_text` */
export interface DeviceTextMessage extends UserMessage {
  MsgType: 'device_text';

  DeviceType: string;
  DeviceID: string;
  Content: string;
  SessionID: string;
  MsgId: string;
  OpenID: string;
}

/** A user binds or unbinds a device, or its connection changes (old hardware platform). `device_event` */
export interface DeviceEventMessage extends SentMessage {
  MsgType: 'device_event';

  Event: 'bind' | 'unbind' | 'subscribe_status' | 'unsubscribe_status';
  DeviceType: string;
  DeviceID: string;
  Content?: string;
  SessionID?: string;
  OpenID: string;
  OpType?: number;
}

/** A hardware message (old hardware platform). `hardware` */
export interface HardwareMessage extends UserMessage {
  MsgType: 'hardware';

  MsgId: string;
}

/** A user follows the account, with the scene when through a QR code. `subscribe` */
export interface SubscribeEvent extends EventMessage {
  Event: 'subscribe';

  EventKey?: string;
  Ticket?: string;
}

/** A user unfollows the account. `unsubscribe` */
export interface UnsubscribeEvent extends EventMessage {
  Event: 'unsubscribe';

  EventKey?: string;
}

/** A follower scans a QR code with a scene. `SCAN` */
export interface ScanEvent extends EventMessage {
  Event: 'SCAN';

  EventKey: string;
  Ticket: string;
}

/** A user opens the chat, or every five seconds in it, with the location shared. `LOCATION` */
export interface LocationEvent extends EventMessage {
  Event: 'LOCATION';

  Latitude: string;
  Longitude: string;
  Precision: string;
}

/** A user taps a menu item of the type click. `CLICK` */
export interface ClickEvent extends EventMessage {
  Event: 'CLICK';

  EventKey: string;
}

/** A user taps a menu item that opens a page. `VIEW` */
export interface ViewEvent extends EventMessage {
  Event: 'VIEW';

  EventKey: string;
  MenuId?: string;
}

/** A user taps a menu item that opens a mini program. `view_miniprogram` */
export interface ViewMiniprogramEvent extends EventMessage {
  Event: 'view_miniprogram';

  EventKey: string;
  MenuId?: string;
}

/** A user scans a code from the menu, and the page opens. `scancode_push` */
export interface ScancodePushEvent extends EventMessage {
  Event: 'scancode_push';

  EventKey: string;
  ScanCodeInfo: {
    ScanType: string;
    ScanResult: string;
  };
}

/** A user scans a code from the menu and waits for the answer. `scancode_waitmsg` */
export interface ScancodeWaitmsgEvent extends EventMessage {
  Event: 'scancode_waitmsg';

  EventKey: string;
  ScanCodeInfo: {
    ScanType: string;
    ScanResult: string;
  };
}

/** A user takes photos from the menu; the pictures follow as messages. `pic_sysphoto` */
export interface PicSysphotoEvent extends EventMessage {
  Event: 'pic_sysphoto';

  EventKey: string;
  SendPicsInfo: {
    Count: number;
    PicList: {
      item: {
        PicMd5Sum: string;
      }[];
    };
  };
}

/** A user takes or picks photos from the menu; the pictures follow as messages. `pic_photo_or_album` */
export interface PicPhotoOrAlbumEvent extends EventMessage {
  Event: 'pic_photo_or_album';

  EventKey: string;
  SendPicsInfo: {
    Count: number;
    PicList: {
      item: {
        PicMd5Sum: string;
      }[];
    };
  };
}

/** A user picks photos from the menu; the pictures follow as messages. `pic_weixin` */
export interface PicWeixinEvent extends EventMessage {
  Event: 'pic_weixin';

  EventKey: string;
  SendPicsInfo: {
    Count: number;
    PicList: {
      item: {
        PicMd5Sum: string;
      }[];
    };
  };
}

/** A user picks a place from the menu; the place follows as a message. `location_select` */
export interface LocationSelectEvent extends EventMessage {
  Event: 'location_select';

  EventKey: string;
  SendLocationInfo: {
    Location_X: string;
    Location_Y: string;
    Scale: number;
    Label: string;
    Poiname: string;
  };
}

/** A user scans a guide's QR code. `guide_qrcode_scan_event` */
export interface GuideQrcodeScanEvent extends EventMessage {
  Event: 'guide_qrcode_scan_event';

  GuideScanEvent: {
    qrcode_guide_account: string;
    qrcode_guide_openid?: string;
    openid: string;
    action: number;
    qrcode_info?: string;
  };
}

/** The debugging tool of the API explorer pushes. `debug_demo` */
export interface DebugDemoEvent extends EventMessage {
  Event: 'debug_demo';

  debug_str: string;
}

/** A user opens the customer-service chat of a mini program. `user_enter_tempsession` */
export interface UserEnterTempsessionEvent extends EventMessage {
  Event: 'user_enter_tempsession';

  SessionFrom: string;
}

/** A chat with a customer-service agent begins. `kf_create_session` */
export interface KfCreateSessionEvent extends EventMessage {
  Event: 'kf_create_session';

  KfAccount: string;
}

/** A chat with a customer-service agent ends. `kf_close_session` */
export interface KfCloseSessionEvent extends EventMessage {
  Event: 'kf_close_session';

  KfAccount: string;
}

/** A chat moves to another customer-service agent. `kf_switch_session` */
export interface KfSwitchSessionEvent extends EventMessage {
  Event: 'kf_switch_session';

  FromKfAccount: string;
  ToKfAccount: string;
}

/** A user accepts or rejects subscribe messages in the dialog. `subscribe_msg_popup_event` */
export interface SubscribeMsgPopupEvent extends EventMessage {
  Event: 'subscribe_msg_popup_event';

  SubscribeMsgPopupEvent: {
    List: {
      TemplateId: string;
      SubscribeStatusString: string;
      PopupScene: number;
    }[];
  };
}

/** A user changes subscribe messages in the settings. `subscribe_msg_change_event` */
export interface SubscribeMsgChangeEvent extends EventMessage {
  Event: 'subscribe_msg_change_event';

  SubscribeMsgChangeEvent: {
    List: {
      TemplateId: string;
      SubscribeStatusString: string;
    }[];
  };
}

/** A subscribe message was sent, or could not be. `subscribe_msg_sent_event` */
export interface SubscribeMsgSentEvent extends EventMessage {
  Event: 'subscribe_msg_sent_event';

  SubscribeMsgSentEvent: {
    List: {
      TemplateId: string;
      MsgID?: string;
      ErrorCode: number;
      ErrorStatus: string;
    }[];
  };
}

/** A template message was delivered, or could not be. `TEMPLATESENDJOBFINISH` */
export interface TemplatesendjobfinishEvent extends EventMessage {
  Event: 'TEMPLATESENDJOBFINISH';

  MsgID: string;
  Status: string;
}

/** A mass send is finished. `MASSSENDJOBFINISH` */
export interface MasssendjobfinishEvent extends EventMessage {
  Event: 'MASSSENDJOBFINISH';

  MsgID: string;
  Status: string;
  TotalCount: number;
  FilterCount: number;
  SentCount: number;
  ErrorCount: number;
  CopyrightCheckResult?: {
    Count: number;
    ResultList: {
      item: {
        ArticleIdx: number;
        UserDeclareState: number;
        AuditState: number;
        OriginalArticleUrl: string;
        OriginalArticleType: number;
        CanReprint: number;
        NeedReplaceContent: number;
        NeedShowReprintSource: number;
      }[];
    };
    CheckState: number;
  };
  ArticleUrlResult?: {
    Count: number;
    ResultList: {
      item: {
        ArticleIdx: number;
        ArticleUrl: string;
      }[];
    };
  };
}

/** Publishing an article is finished. `PUBLISHJOBFINISH` or `FREEPUBLISHJOBFINISH` */
export interface PublishjobfinishEvent extends EventMessage {
  Event: 'PUBLISHJOBFINISH' | 'FREEPUBLISHJOBFINISH';

  PublishEventInfo: {
    publish_id: string;
    publish_status: number;
    article_id?: string;
    article_detail?: {
      count: number;
      item: {
        idx: number;
        article_url: string;
      }[];
    };
    fail_idx?: number[];
  };
}

/** An authorised user's data changed and has to be updated. `user_info_modified` */
export interface UserInfoModifiedEvent extends EventMessage {
  Event: 'user_info_modified';

  OpenID: string;
  AppID: string;
}

/** A user withdraws an authorisation. `user_authorization_revoke` */
export interface UserAuthorizationRevokeEvent extends EventMessage {
  Event: 'user_authorization_revoke';

  OpenID: string;
  AppID: string;
  RevokeInfo?: string;
  PluginID?: string;
  OpenPID?: string;
  UnionID?: string;
}

/** An authorised user has closed the account. `user_authorization_cancellation` */
export interface UserAuthorizationCancellationEvent extends EventMessage {
  Event: 'user_authorization_cancellation';

  OpenID: string;
  AppID: string;
  RevokeInfo?: string;
  PluginID?: string;
  OpenPID?: string;
}

/** A version of a mini program passed review. `weapp_audit_success` */
export interface WeappAuditSuccessEvent extends EventMessage {
  Event: 'weapp_audit_success';

  SuccTime: number;
}

/** A version of a mini program failed review. `weapp_audit_fail` */
export interface WeappAuditFailEvent extends EventMessage {
  Event: 'weapp_audit_fail';

  Reason?: string;
  FailTime: number;
  ScreenShot?: string;
}

/** The review of a version is delayed. `weapp_audit_delay` */
export interface WeappAuditDelayEvent extends EventMessage {
  Event: 'weapp_audit_delay';

  Reason?: string;
  DelayTime: number;
}

/** The new name of a mini program was reviewed. `wxa_nickname_audit` */
export interface WxaNicknameAuditEvent extends EventMessage {
  Event: 'wxa_nickname_audit';

  ret: number;
  nickname: string;
  reason?: string;
}

/** A category of a mini program was reviewed. `wxa_category_audit` */
export interface WxaCategoryAuditEvent extends EventMessage {
  Event: 'wxa_category_audit';

  ret: number;
  first: number;
  second: number;
  reason?: string;
}

/** The use of a private API was reviewed. `wxa_privacy_apply` */
export interface WxaPrivacyApplyEvent extends EventMessage {
  Event: 'wxa_privacy_apply';

  result_info: {
    api_name: string;
    apply_time: number;
    audit_id: string;
    audit_time: number;
    reason?: string;
    status: number;
  };
}

/** An appeal against a penalty was filed or decided. `wxa_appeal_record` */
export interface WxaAppealRecordEvent extends EventMessage {
  Event: 'wxa_appeal_record';

  appeal_record_id: string;
  appid: string;
  appeal_time: number;
  appeal_count: number;
  appeal_from: number;
  appeal_status: number;
  audit_time?: number;
  audit_reason?: string;
  punish_description?: string;
  material?: {
    illegal_material?: {
      content: string;
      content_url: string;
    };
    appeal_material?: {
      reason: string;
      proof_material_id: string[];
    };
  }[];
}

/** A violation of a mini program was recorded. `wxa_illegal_record` */
export interface WxaIllegalRecordEvent extends EventMessage {
  Event: 'wxa_illegal_record';

  illegal_record_id: string;
  appid: string;
  create_time: number;
  illegal_reason: string;
  illegal_content: string;
  rule_url: string;
  rule_name: string;
}

/** The trade of a mini program was restricted (fields not documented). `wxa_trade_controlled` */
export interface WxaTradeControlledEvent extends EventMessage {
  Event: 'wxa_trade_controlled';
}

/** The fee of a verification was paid. `wx_verify_pay_succ` */
export interface WxVerifyPaySuccEvent extends EventMessage {
  Event: 'wx_verify_pay_succ';

  OrderId: string;
}

/** A verification was given to a reviewer. `wx_verify_dispatch` */
export interface WxVerifyDispatchEvent extends EventMessage {
  Event: 'wx_verify_dispatch';

  Provider: string;
  Contact: string;
  DispatchTime: number;
}

/** Documents of a verification have to be handed in again (fields not seen). `wx_verify_refill` */
export interface WxVerifyRefillEvent extends EventMessage {
  Event: 'wx_verify_refill';
}

/** A trial mini program was verified. `betaapp_verify_event` */
export interface BetaappVerifyEvent extends EventMessage {
  Event: 'betaapp_verify_event';

  ApplyAuthorizationInfoNoitfy: {
    appid: string;
    mp_appid: string;
    status: number;
    msg?: string;
    operation_time: number;
  };
}

/** The verification of a trial mini program was applied for. `betaapp_verify_apply_event` */
export interface BetaappVerifyApplyEvent extends EventMessage {
  Event: 'betaapp_verify_apply_event';

  ApplyAuthorizationInfoNoitfy: {
    appid: string;
    mp_appid: string;
    status: number;
    operation_time: number;
  };
}

/** The authorisation of a trial mini program was applied for. `betaapp_authorization_apply_event` */
export interface BetaappAuthorizationApplyEvent extends EventMessage {
  Event: 'betaapp_authorization_apply_event';

  ApplyAuthorizationInfoNoitfy: {
    appid: string;
    mp_appid: string;
    status: number;
    msg?: string;
    operation_time: number;
  };
}

/** The check of a picture or sound is finished. `wxa_media_check` */
export interface WxaMediaCheckEvent extends EventMessage {
  Event: 'wxa_media_check';

  appid: string;
  trace_id: string;
  version?: number;
  errcode?: number;
  errmsg?: string;
  detail?: {
    strategy: string;
    errcode: number;
    suggest?: string;
    label?: number;
    prob?: string;
  }[];
  result?: {
    suggest: string;
    label: number;
  };
  isrisky?: number;
  extra_info_json?: string;
  status_code?: number;
}

/** A user gave a mini program a bad score. `wxa_comment_bad_score` */
export interface WxaCommentBadScoreEvent extends EventMessage {
  Event: 'wxa_comment_bad_score';

  result: {
    comment_id: string;
  };
}

/** The quota of a paid service runs low. `charge_service_quota_notify` */
export interface ChargeServiceQuotaNotifyEvent extends EventMessage {
  Event: 'charge_service_quota_notify';

  event_type: number;
  spu_id: string;
  spu_name: string;
  total_quota: number;
  total_used_quota: number;
}

/** The upload of a drama's media is finished. `secvod_upload_event` */
export interface SecvodUploadEvent extends EventMessage {
  Event: 'secvod_upload_event';

  upload_event: {
    media_id: string;
    source_context: string;
    errcode: number;
    errmsg?: string;
  };
}

/** A mini drama was reviewed. `secvod_audit_event` */
export interface SecvodAuditEvent extends EventMessage {
  Event: 'secvod_audit_event';

  audit_event: {
    drama_id: string;
    audit_detail: {
      status: number;
      audit_type: number;
      create_time: number;
      audit_time: number;
    };
  };
}

/** A novel was reviewed. `secbook_audit_event` */
export interface SecbookAuditEvent extends EventMessage {
  Event: 'secbook_audit_event';

  audit_event: {
    book_id: string;
    audit_detail: {
      status: number;
      create_time: number;
      audit_time: number;
    };
  };
}

/** A user follows or leaves a live room of a mini program. `wxalive_follow_notify` */
export interface WxaliveFollowNotifyEvent extends EventMessage {
  Event: 'wxalive_follow_notify';

  FollowNotify: {
    room_id: string;
    user_openid: string;
    time: number;
    live_status: number;
    action: string;
  };
}

/** The followers of a live room were told that it begins. `wxalive_push_message_notify` */
export interface WxalivePushMessageNotifyEvent extends EventMessage {
  Event: 'wxalive_push_message_notify';

  PushMessageApiNotify: {
    message_id: string;
    room_id: string;
    total_count: number;
    success_count: number;
    openid_error_count: number;
    relation_error_count: number;
    user_recv_limit_count: number;
    internal_error_count: number;
  };
}

/** A user has paid for goods, which have to be delivered. `xpay_goods_deliver_notify` */
export interface XpayGoodsDeliverNotifyEvent extends EventMessage {
  Event: 'xpay_goods_deliver_notify';

  OpenId: string;
  OutTradeNo: string;
  Env: number;
  WeChatPayInfo?: {
    MchOrderNo: string;
    TransactionId: string;
    PaidTime: number;
  };
  GoodsInfo?: {
    ProductId: string;
    Quantity: number;
    OrigPrice: number;
    ActualPrice: number;
    Attach?: string;
  };
  TeamInfo?: {
    ActivityId: string;
    TeamId: string;
    TeamType: number;
    TeamAction: number;
  };
}

/** A user has bought coins. `xpay_coin_pay_notify` */
export interface XpayCoinPayNotifyEvent extends EventMessage {
  Event: 'xpay_coin_pay_notify';

  OpenId: string;
  OutTradeNo: string;
  Env: number;
  WeChatPayInfo?: {
    MchOrderNo: string;
    TransactionId: string;
    PaidTime: number;
  };
  CoinInfo?: {
    Quantity: number;
    OrigPrice: number;
    ActualPrice: number;
    Attach?: string;
  };
  TeamInfo?: {
    ActivityId: string;
    TeamId: string;
    TeamType: number;
    TeamAction: number;
  };
}

/** A refund is finished. `xpay_refund_notify` */
export interface XpayRefundNotifyEvent extends EventMessage {
  Event: 'xpay_refund_notify';

  OpenId: string;
  MchRefundId: string;
  WxRefundId: string;
  MchOrderId: string;
  WxOrderId: string;
  WxpayRefundTransactionId?: string;
  RefundFee: number;
  RetCode: number;
  RetMsg?: string;
  RefundStartTimestamp: number;
  RefundSuccTimestamp?: number;
  RetryTimes: number;
  Attach?: string;
  WxTransactionId?: string;
  TeamInfo?: {
    ActivityId: string;
    TeamId: string;
    TeamType: number;
    TeamAction: number;
  };
}

/** A user complains about an order. `xpay_complaint_notify` */
export interface XpayComplaintNotifyEvent extends EventMessage {
  Event: 'xpay_complaint_notify';

  OpenId: string;
  WxOrderId: string;
  MchOrderId: string;
  TransactionId: string;
  ComplaintId: string;
  ComplaintDetail: string;
  ComplaintTime: number;
  RetryTimes: number;
  RequestId: string;
}

/** WeChat Pay tells of a check or a penalty of the merchant. `xpay_wxpay_callback_notify` */
export interface XpayWxpayCallbackNotifyEvent extends EventMessage {
  Event: 'xpay_wxpay_callback_notify';

  AppId: string;
  NickName: string;
  MerchantCode: string;
  MerchantCompanyName: string;
  BusinessTime: string;
  BusinessCode: string;
  BusinessState: string;
  Remark: string;
  EventType: string;
  RetryTimes: number;
}

/** Apple asks whether a refund is right; wants an answer in three seconds. `xpay_subscribe_ios_refund_query_notify` */
export interface XpaySubscribeIosRefundQueryNotifyEvent extends EventMessage {
  Event: 'xpay_subscribe_ios_refund_query_notify';

  refund_time: string;
  order_time: string;
  channel_bill: string;
  bundleid: string;
  product_id: string;
  p_count: string;
  refund_request_reason: string;
  provide_status: string;
  pay_order_id: string;
  consumption_status?: string;
  service_type?: string;
}

/** A subscription was signed or ended (fields not documented). `xpay_subscribe_signing_result_notify` */
export interface XpaySubscribeSigningResultNotifyEvent extends EventMessage {
  Event: 'xpay_subscribe_signing_result_notify';
}

/** A payment of a subscription failed (fields not documented). `xpay_subscribe_pay_fail_notify` */
export interface XpaySubscribePayFailNotifyEvent extends EventMessage {
  Event: 'xpay_subscribe_pay_fail_notify';
}

/** A subscription by Apple was signed or ended. `xpay_apple_subscribe_signing_result_notify` */
export interface XpayAppleSubscribeSigningResultNotifyEvent extends EventMessage {
  Event: 'xpay_apple_subscribe_signing_result_notify';

  OpenId: string;
  OutTradeNo: string;
  Env: number;
  ProductId: string;
  ContractResult: number;
  ContractResultMsg?: string;
  ContractId: string;
  Attach?: string;
}

/** A refund of a B2B payment is finished. `retail_refund_notify` */
export interface RetailRefundNotifyEvent extends EventMessage {
  Event: 'retail_refund_notify';

  appid: string;
  mchid: string;
  out_refund_no: string;
  refund_id: string;
  out_trade_no: string;
  order_id: string;
  refund_amount: number;
  order_amount: number;
  refund_from: string;
  refund_reason: string;
  create_time: string;
  refund_time: string;
  refund_status: string;
  wxpay_refund_id: string;
  env: number;
  pay_channel: number;
  refund_desc?: string;
}

/** Coins were delivered to a player. `minigame_coin_deliver_completed` */
export interface MinigameCoinDeliverCompletedEvent extends EventMessage {
  Event: 'minigame_coin_deliver_completed';

  MiniGame: {
    Payload: string;
    PayEventSig: string;
    IsMock: boolean;
  };
}

/** A player has bought goods in the game, which have to be delivered. `minigame_game_pay_goods_deliver_notify` */
export interface MinigameGamePayGoodsDeliverNotifyEvent extends EventMessage {
  Event: 'minigame_game_pay_goods_deliver_notify';

  MiniGame: {
    Payload: string;
    PayEventSig: string;
    IsMock?: boolean;
  };
}

/** A player has bought goods in the web shop, which have to be delivered. `minigame_h5_goods_deliver_notify` or `minigame_deliver_h5_pay_products` */
export interface MinigameH5GoodsDeliverNotifyEvent extends EventMessage {
  Event: 'minigame_h5_goods_deliver_notify' | 'minigame_deliver_h5_pay_products';

  MiniGame: {
    Payload: string;
    PayEventSig: string;
    IsMock?: boolean;
  };
}

/** A gift of the game circle has to be delivered to a player. `minigame_deliver_goods` */
export interface MinigameDeliverGoodsEvent extends EventMessage {
  Event: 'minigame_deliver_goods';

  MiniGame: {
    OrderId: string;
    IsPreview: number;
    ToUserOpenid: string;
    Zone: number;
    GiftTypeId: number;
    GiftId: string;
    SendTime: number;
    GoodsList: {
      Id: string;
      Num: number;
    }[];
  };
}

/** The web shop asks which roles a player used last. `minigame_query_recent_role_list` */
export interface MinigameQueryRecentRoleListEvent extends EventMessage {
  Event: 'minigame_query_recent_role_list';

  MiniGame: {
    Payload: string;
    PayEventSig: string;
  };
}

/** WeChat asks to connect the shipping API. `trade_manage_remind_access_api` */
export interface TradeManageRemindAccessApiEvent extends EventMessage {
  Event: 'trade_manage_remind_access_api';

  msg?: string;
}

/** An order has to be shipped. `trade_manage_remind_shipping` */
export interface TradeManageRemindShippingEvent extends EventMessage {
  Event: 'trade_manage_remind_shipping';

  merchant_id: string;
  sub_merchant_id?: string;
  merchant_trade_no: string;
  transaction_id: string;
  pay_time: number;
  msg?: string;
}

/** An order is shipped, received or settled. `trade_manage_order_settlement` */
export interface TradeManageOrderSettlementEvent extends EventMessage {
  Event: 'trade_manage_order_settlement';

  transaction_id: string;
  merchant_id: string;
  sub_merchant_id?: string;
  merchant_trade_no: string;
  pay_time: number;
  shipped_time: number;
  estimated_settlement_time?: number;
  confirm_receive_method?: number;
  confirm_receive_time?: number;
  settlement_time?: number;
}

/** A complaint about an order was filed or changed. `complaint_callback` */
export interface ComplaintCallbackEvent extends EventMessage {
  Event: 'complaint_callback';

  BussiCallBackInfo: {
    appid: string;
    option_type: number;
    complaint_order_id: string;
    status: number;
    create_time: number;
    expire_time: number;
    type: number;
    order_id: string;
    out_trade_no: string;
    phone_number: string;
    open_id: string;
    customer_material_content?: string;
    customer_material_media_id_list?: string[];
    pay_time: number;
    total_cost: number;
    product_name: string;
    history: {
      time: number;
      content?: string;
      media_id_list?: string[];
    }[];
  };
}

/** The track of a waybill has news. `add_express_path` */
export interface AddExpressPathEvent extends EventMessage {
  Event: 'add_express_path';

  DeliveryID: string;
  WayBillId: string;
  OrderId: string;
  Version: number;
  Count: number;
  Actions: {
    ActionTime: number;
    ActionType: number;
    ActionMsg: string;
    Lat?: string;
    Lng?: string;
  }[];
}

/** A merchant orders a waybill from a delivery company. `add_waybill` */
export interface AddWaybillEvent extends EventMessage {
  Event: 'add_waybill';

  Token: string;
  OrderID: string;
  BizID: string;
  BizPwd?: string;
  ShopAppID?: string;
  WayBillID: string;
  Remark?: string;
  Sender: {
    Name: string;
    Tel?: string;
    Mobile?: string;
    Company?: string;
    PostCode?: string;
    Country?: string;
    Province: string;
    City: string;
    Area: string;
    Address: string;
  };
  Receiver: {
    Name: string;
    Tel?: string;
    Mobile?: string;
    Company?: string;
    PostCode?: string;
    Country?: string;
    Province: string;
    City: string;
    Area: string;
    Address: string;
  };
  Cargo?: {
    Weight: string;
    Space_X?: string;
    Space_Y?: string;
    Space_Z?: string;
    Count: number;
    DetailList?: {
      Name: string;
      Count: number;
    }[];
  };
  Insured?: {
    UseInsured: number;
    InsuredValue: number;
  };
  Service?: {
    ServiceType: number;
    ServiceName: string;
  };
}

/** A merchant cancels a waybill. `cancel_waybill` */
export interface CancelWaybillEvent extends EventMessage {
  Event: 'cancel_waybill';

  BizID: string;
  BizPwd?: string;
  ShopAppID?: string;
  OrderID: string;
  WayBillID: string;
}

/** A merchant's account with a delivery company is to be checked. `check_biz` */
export interface CheckBizEvent extends EventMessage {
  Event: 'check_biz';

  BizID: string;
  BizPwd?: string;
  ShopAppID?: string;
  ShopName?: string;
  ShopTelphone?: string;
  ShopContact?: string;
  ServiceName?: string;
  SenderProvince?: string;
  SenderCity?: string;
  SenderArea?: string;
  SenderAddress?: string;
}

/** A merchant asks how many waybills are left. `get_quota` */
export interface GetQuotaEvent extends EventMessage {
  Event: 'get_quota';

  BizID: string;
  BizPwd?: string;
  ShopAppID?: string;
}

/** A delivery company has checked a merchant's account. `update_business_bind_result` */
export interface UpdateBusinessBindResultEvent extends EventMessage {
  Event: 'update_business_bind_result';

  delivery_id: string;
  biz_id: string;
}

/** A private person orders a waybill from a delivery company. `add_single_waybill` */
export interface AddSingleWaybillEvent extends EventMessage {
  Event: 'add_single_waybill';

  Token: string;
  WXAppId: string;
  CompanyID?: string;
  Account?: string;
  AccountPwd?: string;
  OrderID?: string;
  Sender: {
    Name: string;
    Tel?: string;
    Mobile?: string;
    Province: string;
    City: string;
    Area: string;
    Street: string;
    Address: string;
    Id?: string;
  };
  Receiver: {
    Name: string;
    Tel?: string;
    Mobile?: string;
    Province: string;
    City: string;
    Area: string;
    Street: string;
    Address: string;
    Id?: string;
  };
  GoodDetail?: {
    Special?: number;
    Weight?: string;
  };
  Insured?: {
    UseInsured: number;
    InsuredValue: number;
  };
  Remark?: string;
  Settingment?: number;
  ExpectStartTime?: number;
  ExpectEndTime?: number;
  PickUpStartTime?: number;
  PickUpEndTime?: number;
  Scene?: number;
}

/** A private person cancels a waybill. `cancel_single_waybill` */
export interface CancelSingleWaybillEvent extends EventMessage {
  Event: 'cancel_single_waybill';

  Token: string;
  WXAppId: string;
  OrderID?: string;
  WayBillID?: string;
  CancelID: string;
  CancelReason?: string;
}

/** The state of a private waybill is asked for. `query_single_waybill` */
export interface QuerySingleWaybillEvent extends EventMessage {
  Event: 'query_single_waybill';

  Token: string;
  WXAppId: string;
  OrderID?: string;
  WayBillID?: string;
}

/** The price of a private waybill is asked for. `query_single_waybill_fee` */
export interface QuerySingleWaybillFeeEvent extends EventMessage {
  Event: 'query_single_waybill_fee';

  Sender: {
    Name: string;
    Tel?: string;
    Mobile?: string;
    Province: string;
    City: string;
    Area: string;
    Street: string;
    Address: string;
    Id?: string;
  };
  Receiver: {
    Name: string;
    Tel?: string;
    Mobile?: string;
    Province: string;
    City: string;
    Area: string;
    Street: string;
    Address: string;
    Id?: string;
  };
  GoodDetail?: {
    Special?: number;
    Weight?: string;
  };
  Scene: number;
}

/** A private person asks for the pick-up or delivery. `remind_waybill` */
export interface RemindWaybillEvent extends EventMessage {
  Event: 'remind_waybill';

  Token: string;
  WXAppId: string;
  OrderID?: string;
  WayBillID?: string;
}

/** A private waybill was paid. `notify_single_waybill_pay` */
export interface NotifySingleWaybillPayEvent extends EventMessage {
  Event: 'notify_single_waybill_pay';

  Token: string;
  WXAppId: string;
  OrderID?: string;
  WayBillID?: string;
  Fee: number;
  OriginalFee?: number;
  PayOrderId?: string;
  PayFinishTime?: number;
}

/** A private person complains about a waybill. `waybill_complaint` */
export interface WaybillComplaintEvent extends EventMessage {
  Event: 'waybill_complaint';

  Token: string;
  WXAppId: string;
  OrderID?: string;
  WayBillID?: string;
  ComplainType: number;
  Content: string;
  Pic?: string;
  Name?: string;
  Phone?: string;
}

/** A private person rates a courier. `waybill_evaluate_agent` */
export interface WaybillEvaluateAgentEvent extends EventMessage {
  Event: 'waybill_evaluate_agent';

  Token: string;
  WXAppId: string;
  OrderID?: string;
  WayBillID?: string;
  CourierType: number;
  Score: number;
}

/** The times at which a courier can come are asked for. `waybill_query_expect_time_range` */
export interface WaybillQueryExpectTimeRangeEvent extends EventMessage {
  Event: 'waybill_query_expect_time_range';

  WXAppId: string;
  Province: string;
  City: string;
  Area: string;
  Street: string;
  Address: string;
  Id?: string;
}

/** The state of a delivery changed (to the merchant). `update_waybill_status` */
export interface UpdateWaybillStatusEvent extends EventMessage {
  Event: 'update_waybill_status';

  shopid: string;
  shop_order_id: string;
  waybill_id: string;
  action_time: number;
  order_status: number;
  action_msg?: string;
  shop_no: string;
  agent?: {
    name: string;
    phone: string;
    reach_time?: number;
  };
}

/** A merchant asks for the state of a delivery. `transport_query_order_status` */
export interface TransportQueryOrderStatusEvent extends EventMessage {
  Event: 'transport_query_order_status';

  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  waybill_id?: string;
}

/** A merchant orders a delivery. `transport_add_order` */
export interface TransportAddOrderEvent extends EventMessage {
  Event: 'transport_add_order';

  wx_token: string;
  delivery_token?: string;
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  sender?: {
    name: string;
    city: string;
    address: string;
    address_detail: string;
    phone: string;
    lng: string;
    lat: string;
    coordinate_type?: number;
  };
  receiver: {
    name: string;
    city: string;
    address: string;
    address_detail: string;
    phone: string;
    lng: string;
    lat: string;
    coordinate_type?: number;
  };
  cargo: {
    goods_value: string;
    goods_height?: string;
    goods_length?: string;
    goods_width?: string;
    goods_weight: string;
    goods_detail?: {
      goods: {
        good_count: number;
        good_name: string;
        good_price?: string;
        good_unit?: string;
      }[];
    };
    goods_pickup_info?: string;
    goods_delivery_info?: string;
    cargo_first_class: string;
    cargo_second_class: string;
  };
  order_info: {
    delivery_service_code?: string;
    order_type: number;
    expected_delivery_time?: number;
    expected_finish_time?: number;
    expected_pick_time?: number;
    poi_seq?: string;
    note?: string;
    order_time?: number;
    is_insured?: number;
    declared_value?: string;
    tips?: string;
    is_direct_delivery?: number;
    cash_on_delivery?: string;
    cash_on_pickup?: string;
    rider_pick_method?: number;
    is_finish_code_needed?: number;
    is_pickup_code_needed?: number;
  };
}

/** A merchant orders a cancelled delivery again. `transport_readd_order` */
export interface TransportReaddOrderEvent extends EventMessage {
  Event: 'transport_readd_order';

  wx_token: string;
  delivery_token?: string;
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  sender?: {
    name: string;
    city: string;
    address: string;
    address_detail: string;
    phone: string;
    lng: string;
    lat: string;
    coordinate_type?: number;
  };
  receiver: {
    name: string;
    city: string;
    address: string;
    address_detail: string;
    phone: string;
    lng: string;
    lat: string;
    coordinate_type?: number;
  };
  cargo: {
    goods_value: string;
    goods_height?: string;
    goods_length?: string;
    goods_width?: string;
    goods_weight: string;
    goods_detail?: {
      goods: {
        good_count: number;
        good_name: string;
        good_price?: string;
        good_unit?: string;
      }[];
    };
    goods_pickup_info?: string;
    goods_delivery_info?: string;
    cargo_first_class: string;
    cargo_second_class: string;
  };
  order_info: {
    delivery_service_code?: string;
    order_type: number;
    expected_delivery_time?: number;
    expected_finish_time?: number;
    expected_pick_time?: number;
    poi_seq?: string;
    note?: string;
    order_time?: number;
    is_insured?: number;
    declared_value?: string;
    tips?: string;
    is_direct_delivery?: number;
    cash_on_delivery?: string;
    cash_on_pickup?: string;
    rider_pick_method?: number;
    is_finish_code_needed?: number;
    is_pickup_code_needed?: number;
  };
}

/** A merchant asks for the price and time of a delivery. `transport_precreate_order` */
export interface TransportPrecreateOrderEvent extends EventMessage {
  Event: 'transport_precreate_order';

  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  sender?: {
    name: string;
    city: string;
    address: string;
    address_detail: string;
    phone: string;
    lng: string;
    lat: string;
    coordinate_type?: number;
  };
  receiver: {
    name: string;
    city: string;
    address: string;
    address_detail: string;
    phone: string;
    lng: string;
    lat: string;
    coordinate_type?: number;
  };
  cargo: {
    goods_value: string;
    goods_height?: string;
    goods_length?: string;
    goods_width?: string;
    goods_weight: string;
    goods_detail?: {
      goods: {
        good_count: number;
        good_name: string;
        good_price?: string;
        good_unit?: string;
      }[];
    };
    goods_pickup_info?: string;
    goods_delivery_info?: string;
    cargo_first_class: string;
    cargo_second_class: string;
  };
  order_info: {
    delivery_service_code?: string;
    order_type: number;
    expected_delivery_time?: number;
    expected_finish_time?: number;
    expected_pick_time?: number;
    poi_seq?: string;
    note?: string;
    order_time?: number;
    is_insured?: number;
    declared_value?: string;
    tips?: string;
    is_direct_delivery?: number;
    cash_on_delivery?: string;
    cash_on_pickup?: string;
    rider_pick_method?: number;
    is_finish_code_needed?: number;
    is_pickup_code_needed?: number;
  };
}

/** A merchant adds a tip. `transport_add_tips` */
export interface TransportAddTipsEvent extends EventMessage {
  Event: 'transport_add_tips';

  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  waybill_id?: string;
  tips: string;
  remark: string;
}

/** A merchant asks what cancelling costs. `transport_precancel_order` */
export interface TransportPrecancelOrderEvent extends EventMessage {
  Event: 'transport_precancel_order';

  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  waybill_id?: string;
  cancel_reason_id: string;
  cancel_reason?: string;
}

/** A merchant cancels a delivery. `transport_cancel_order` */
export interface TransportCancelOrderEvent extends EventMessage {
  Event: 'transport_cancel_order';

  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  waybill_id?: string;
  cancel_reason_id: string;
  cancel_reason?: string;
}

/** A merchant has got the goods of a failed delivery back. `transport_confirm_return_to_biz` */
export interface TransportConfirmReturnToBizEvent extends EventMessage {
  Event: 'transport_confirm_return_to_biz';

  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  waybill_id?: string;
}

/** A merchant asks where the rider is. `transport_get_agent_pos` */
export interface TransportGetAgentPosEvent extends EventMessage {
  Event: 'transport_get_agent_pos';

  shopid: string;
  shop_order_id: string;
  shop_no: string;
  waybill_id: string;
}

/** A merchant rates the rider. `transport_set_rider_score` */
export interface TransportSetRiderScoreEvent extends EventMessage {
  Event: 'transport_set_rider_score';

  shopid: string;
  shop_order_id: string;
  shop_no: string;
  waybill_id: string;
  delivery_ontime_score: number;
  cargo_intact_score: number;
  attitude_score: number;
}

/** A merchant tries a change of state. `mock_update_order_status` */
export interface MockUpdateOrderStatusEvent extends EventMessage {
  Event: 'mock_update_order_status';

  shopid: string;
  shop_order_id: string;
  shop_no: string;
  waybill_id: string;
  delivery_sign: string;
  order_status: number;
  action_time: number;
  action_msg?: string;
}

/** A merchant begins to bind an account: wants a pre-authorisation code. `get_pre_auth_code` */
export interface GetPreAuthCodeEvent extends EventMessage {
  Event: 'get_pre_auth_code';

  wx_appid: string;
}

/** A merchant has authorised: wants the account. `get_auth_info` */
export interface GetAuthInfoEvent extends EventMessage {
  Event: 'get_auth_info';

  wx_appid: string;
  code: string;
}

/** A merchant unbinds an account. `cancel_auth_account` */
export interface CancelAuthAccountEvent extends EventMessage {
  Event: 'cancel_auth_account';

  shopid: string;
  wx_appid: string;
}

/** The qualification was verified; the account has its rights now. `qualification_verify_success` */
export interface QualificationVerifySuccessEvent extends EventMessage {
  Event: 'qualification_verify_success';

  ExpiredTime: number;
}

/** The qualification was not verified. `qualification_verify_fail` */
export interface QualificationVerifyFailEvent extends EventMessage {
  Event: 'qualification_verify_fail';

  FailTime: number;
  FailReason: string;
}

/** The name was verified. `naming_verify_success` */
export interface NamingVerifySuccessEvent extends EventMessage {
  Event: 'naming_verify_success';

  ExpiredTime: number;
}

/** The name was not verified. `naming_verify_fail` */
export interface NamingVerifyFailEvent extends EventMessage {
  Event: 'naming_verify_fail';

  FailTime: number;
  FailReason: string;
}

/** The verification has to be renewed. `annual_renew` */
export interface AnnualRenewEvent extends EventMessage {
  Event: 'annual_renew';

  ExpiredTime: number;
}

/** The verification has expired. `verify_expired` */
export interface VerifyExpiredEvent extends EventMessage {
  Event: 'verify_expired';

  ExpiredTime: number;
}

/** A card passed review. `card_pass_check` */
export interface CardPassCheckEvent extends EventMessage {
  Event: 'card_pass_check';

  CardId: string;
  RefuseReason?: string;
}

/** A card failed review. `card_not_pass_check` */
export interface CardNotPassCheckEvent extends EventMessage {
  Event: 'card_not_pass_check';

  CardId: string;
  RefuseReason: string;
}

/** A user takes a card. `user_get_card` */
export interface UserGetCardEvent extends EventMessage {
  Event: 'user_get_card';

  CardId: string;
  IsGiveByFriend: number;
  UserCardCode: string;
  FriendUserName?: string;
  OuterId?: string;
  OldUserCardCode?: string;
  OuterStr?: string;
  IsRestoreMemberCard?: number;
  IsRecommendByFriend?: number;
  UnionId?: string;
}

/** A user gives a card away. `user_gifting_card` */
export interface UserGiftingCardEvent extends EventMessage {
  Event: 'user_gifting_card';

  CardId: string;
  UserCardCode: string;
  IsReturnBack: number;
  FriendUserName: string;
  IsChatRoom: number;
}

/** A user deletes a card. `user_del_card` */
export interface UserDelCardEvent extends EventMessage {
  Event: 'user_del_card';

  CardId: string;
  UserCardCode: string;
}

/** A card is used. `user_consume_card` */
export interface UserConsumeCardEvent extends EventMessage {
  Event: 'user_consume_card';

  CardId: string;
  UserCardCode: string;
  ConsumeSource: string;
  LocationId?: string;
  LocationName?: string;
  StaffOpenId?: string;
  VerifyCode?: string;
  RemarkAmount?: string;
  OuterId?: string;
  OuterStr?: string;
}

/** A user pays with a card. `user_pay_from_pay_cell` */
export interface UserPayFromPayCellEvent extends EventMessage {
  Event: 'user_pay_from_pay_cell';

  CardId: string;
  UserCardCode: string;
  TransId?: string;
  LocationId?: string;
  Fee: number;
  OriginalFee: number;
}

/** A user opens a membership card. `user_view_card` */
export interface UserViewCardEvent extends EventMessage {
  Event: 'user_view_card';

  CardId: string;
  UserCardCode: string;
  OuterStr?: string;
}

/** A user opens the chat from a card. `user_enter_session_from_card` */
export interface UserEnterSessionFromCardEvent extends EventMessage {
  Event: 'user_enter_session_from_card';

  CardId: string;
  UserCardCode: string;
}

/** The points or balance of a membership card changed. `update_member_card` */
export interface UpdateMemberCardEvent extends EventMessage {
  Event: 'update_member_card';

  CardId: string;
  UserCardCode: string;
  ModifyBonus?: number;
  ModifyBalance?: number;
}

/** A user has filled in the form of a membership card. `submit_membercard_user_info` */
export interface SubmitMembercardUserInfoEvent extends EventMessage {
  Event: 'submit_membercard_user_info';

  CardId: string;
  UserCardCode: string;
}

/** The stock of a card runs low. `card_sku_remind` */
export interface CardSkuRemindEvent extends EventMessage {
  Event: 'card_sku_remind';

  CardId: string;
  Detail: string;
}

/** The card points of the account changed. `card_pay_order` */
export interface CardPayOrderEvent extends EventMessage {
  Event: 'card_pay_order';

  OrderId: string;
  Status: string;
  CreateOrderTime: number;
  PayFinishTime: number;
  Desc?: string;
  FreeCoinCount: string;
  PayCoinCount: string;
  RefundFreeCoinCount: string;
  RefundPayCoinCount: string;
  OrderType: string;
  Memo?: string;
  ReceiptInfo?: string;
}

/** A sub-merchant of cards was reviewed. `card_merchant_check_result` */
export interface CardMerchantCheckResultEvent extends EventMessage {
  Event: 'card_merchant_check_result';

  MerchantId: string;
  IsPass: number;
  Reason?: string;
}

/** A user has bought a gift card. `giftcard_pay_done` */
export interface GiftcardPayDoneEvent extends EventMessage {
  Event: 'giftcard_pay_done';

  PageId: string;
  OrderId: string;
}

/** A user gives a gift card to a friend. `giftcard_send_to_friend` */
export interface GiftcardSendToFriendEvent extends EventMessage {
  Event: 'giftcard_send_to_friend';

  PageId: string;
  OrderId: string;
  IsChatRoom: number;
  IsReturnBack: number;
}

/** A user accepts a gift card. `giftcard_user_accept` */
export interface GiftcardUserAcceptEvent extends EventMessage {
  Event: 'giftcard_user_accept';

  PageId: string;
  OrderId: string;
  IsChatRoom: number;
}

/** An order of the old shop was paid (old 微信小店). `merchant_order` */
export interface MerchantOrderEvent extends EventMessage {
  Event: 'merchant_order';

  OrderId: string;
  OrderStatus: number;
  ProductId: string;
  SkuInfo: string;
}

/** A user allows an invoice, or refuses. `user_authorize_invoice` */
export interface UserAuthorizeInvoiceEvent extends EventMessage {
  Event: 'user_authorize_invoice';

  SuccOrderId?: string;
  FailOrderId?: string;
  AppId?: string;
  Source: string;
}

/** The state of an invoice changed. `update_invoice_status` */
export interface UpdateInvoiceStatusEvent extends EventMessage {
  Event: 'update_invoice_status';

  Status?: string;
  CardId: string;
  Code: string;
}

/** A user hands in a title for an invoice. `submit_invoice_title` */
export interface SubmitInvoiceTitleEvent extends EventMessage {
  Event: 'submit_invoice_title';

  title: string;
  tax_no?: string;
  addr?: string;
  phone?: string;
  bank_type?: string;
  bank_no?: string;
  attach?: string;
  title_type: string;
}

/** An electronic invoice was issued, or could not be. `cloud_invoice_invoiceresult_event` */
export interface CloudInvoiceInvoiceresultEvent extends EventMessage {
  Event: 'cloud_invoice_invoiceresult_event';

  fpqqlsh: string;
  status: number;
  nsrsbh: string;
}

/** A store was reviewed. `poi_check_notify` */
export interface PoiCheckNotifyEvent extends EventMessage {
  Event: 'poi_check_notify';

  UniqId: string;
  PoiId: string;
  Result: string;
  Msg: string;
}

/** The store mini program's category was reviewed. `apply_merchant_audit_info` */
export interface ApplyMerchantAuditInfoEvent extends EventMessage {
  Event: 'apply_merchant_audit_info';

  audit_id: string;
  status: number;
  reason: string;
}

/** A new store was reviewed. `add_store_audit_info` */
export interface AddStoreAuditInfoEvent extends EventMessage {
  Event: 'add_store_audit_info';

  audit_id: string;
  status: number;
  reason: string;
  is_upgrade: number;
  poiid: string;
}

/** A changed store was reviewed. `modify_store_audit_info` */
export interface ModifyStoreAuditInfoEvent extends EventMessage {
  Event: 'modify_store_audit_info';

  audit_id: string;
  status: number;
  reason: string;
}

/** A place of “nearby mini programs” was reviewed. `add_nearby_poi_audit_info` */
export interface AddNearbyPoiAuditInfoEvent extends EventMessage {
  Event: 'add_nearby_poi_audit_info';

  audit_id: string;
  status: number;
  reason: string;
  poi_id: string;
}

/** A category of “nearby mini programs” was reviewed. `nearby_category_audit_info` */
export interface NearbyCategoryAuditInfoEvent extends EventMessage {
  Event: 'nearby_category_audit_info';

  audit_id: string;
  status: number;
  reason: string;
}

/** A new place on Tencent's map was reviewed. `create_map_poi_audit_info` */
export interface CreateMapPoiAuditInfoEvent extends EventMessage {
  Event: 'create_map_poi_audit_info';

  audit_id: string;
  status: number;
  map_poi_id: string;
  name: string;
  address: string;
  longitude: string;
  latitude: string;
  sh_remark: string;
}

/** A user connects to a store's Wi-Fi. `WifiConnected` */
export interface WifiConnectedEvent extends EventMessage {
  Event: 'WifiConnected';

  ConnectTime: number;
  ExpireTime: number;
  VendorId: string;
  PlaceId: string;
  DeviceNo: string;
}

/** A user shakes the phone near a beacon. `ShakearoundUserShake` */
export interface ShakearoundUserShakeEvent extends EventMessage {
  Event: 'ShakearoundUserShake';

  ChosenBeacon: {
    Uuid: string;
    Major: number;
    Minor: number;
    Distance: string;
  };
  AroundBeacons?: {
    AroundBeacon: {
      Uuid: string;
      Major: number;
      Minor: number;
      Distance: string;
    }[];
  };
}

/** A user opens a product page by its barcode. `user_scan_product` */
export interface UserScanProductEvent extends EventMessage {
  Event: 'user_scan_product';

  KeyStandard: string;
  KeyStr: string;
  Country: string;
  Province: string;
  City: string;
  Sex: number;
  Scene: number;
  ExtInfo: string;
}

/** A user opens the chat from a product page. `user_scan_product_enter_session` */
export interface UserScanProductEnterSessionEvent extends EventMessage {
  Event: 'user_scan_product_enter_session';

  KeyStandard: string;
  KeyStr: string;
  ExtInfo: string;
}

/** The position of a user who scanned a product is known. `user_scan_product_async` */
export interface UserScanProductAsyncEvent extends EventMessage {
  Event: 'user_scan_product_async';

  KeyStandard: string;
  KeyStr: string;
  ExtInfo: string;
  RegionCode: string;
}

/** A product was reviewed. `user_scan_product_verify_action` */
export interface UserScanProductVerifyActionEvent extends EventMessage {
  Event: 'user_scan_product_verify_action';

  KeyStandard: string;
  KeyStr: string;
  Result: string;
  ReasonMsg: string;
}

/** The trade component was opened, or could not be. `open_product_account_register` */
export interface OpenProductAccountRegisterEvent extends EventMessage {
  Event: 'open_product_account_register';

  OpenProductAccountRegister: {
    status: number;
  };
}

/** A category was reviewed. `open_product_category_audit` */
export interface OpenProductCategoryAuditEvent extends EventMessage {
  Event: 'open_product_category_audit';

  QualificationAuditResult: {
    audit_id: string;
    status: number;
    audit_type: number;
    reject_reason?: string;
  };
}

/** A brand was reviewed. `open_product_brand_audit` */
export interface OpenProductBrandAuditEvent extends EventMessage {
  Event: 'open_product_brand_audit';

  QualificationAuditResult: {
    audit_id: string;
    status: number;
    audit_type: number;
    reject_reason?: string;
    brand_id: string;
  };
}

/** A scene was reviewed. `open_product_scene_group_audit` */
export interface OpenProductSceneGroupAuditEvent extends EventMessage {
  Event: 'open_product_scene_group_audit';

  SceneGroupAudit: {
    group_id: string;
    reason?: string;
    name: string;
    scene_group_ext_list: {
      ext_id: string;
      status: number;
      name: string;
    }[];
  };
}

/** A product was reviewed. `open_product_spu_audit` */
export interface OpenProductSpuAuditEvent extends EventMessage {
  Event: 'open_product_spu_audit';

  OpenProductSpuAudit: {
    out_product_id: string;
    product_id: string;
    status: number;
    reject_reason?: string;
  };
}

/** A product was taken off sale by WeChat. `open_product_spu_status_update` */
export interface OpenProductSpuStatusUpdateEvent extends EventMessage {
  Event: 'open_product_spu_status_update';

  OpenProductSpuAudit: {
    out_product_id: string;
    product_id: string;
    status: number;
    reject_reason?: string;
  };
}

/** Where an order came from is known. `open_product_order_analyze` */
export interface OpenProductOrderAnalyzeEvent extends EventMessage {
  Event: 'open_product_order_analyze';

  order_info: {
    order_id: string;
    out_order_id: string;
    openid: string;
  };
}

/** An order was paid. `open_product_order_pay` */
export interface OpenProductOrderPayEvent extends EventMessage {
  Event: 'open_product_order_pay';

  order_info: {
    out_order_id: string;
    order_id: string;
    transaction_id: string;
    pay_time: string;
    amount?: number;
    sp_openid?: string;
  };
}

/** A user cancelled an order. `open_product_order_cancel` */
export interface OpenProductOrderCancelEvent extends EventMessage {
  Event: 'open_product_order_cancel';

  order_info: {
    out_order_id: string;
    order_id: string;
  };
}

/** A user confirmed receipt. `open_product_order_confirm` */
export interface OpenProductOrderConfirmEvent extends EventMessage {
  Event: 'open_product_order_confirm';

  order_info: {
    out_order_id: string;
    order_id: string;
  };
}

/** A user asks for a refund. `open_product_order_refund` */
export interface OpenProductOrderRefundEvent extends EventMessage {
  Event: 'open_product_order_refund';

  order_info: {
    out_order_id: string;
    order_id: string;
  };
}

/** An order was settled. `open_product_order_settle` */
export interface OpenProductOrderSettleEvent extends EventMessage {
  Event: 'open_product_order_settle';

  order_info: {
    out_order_id: string;
    order_id: string;
    settle_no: string;
    amount: number;
    settle_time: number;
  };
}

/** A user takes a coupon. `open_product_receive_coupon` */
export interface OpenProductReceiveCouponEvent extends EventMessage {
  Event: 'open_product_receive_coupon';

  out_coupon_id: string;
  request_id: string;
}

/** An order was changed. `open_product_order_update` */
export interface OpenProductOrderUpdateEvent extends EventMessage {
  Event: 'open_product_order_update';

  OrderUpdateNotification: {
    update_type: number;
    ext_order_id: string;
  };
}

/** A dispute about an order has news. `complaint_notify` */
export interface ComplaintNotifyEvent extends EventMessage {
  Event: 'complaint_notify';

  complaint_info: {
    complaint_order_id: string;
    state: number;
    event: number;
  };
}

/** A user asks for after-sales service. `aftersale_new_order` */
export interface AftersaleNewOrderEvent extends EventMessage {
  Event: 'aftersale_new_order';

  aftersale_info: {
    aftersale_id: string;
    order_id: string;
    out_order_id: string;
  };
}

/** A user changes an after-sales request. `aftersale_update_order` */
export interface AftersaleUpdateOrderEvent extends EventMessage {
  Event: 'aftersale_update_order';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** A user cancels an after-sales request. `aftersale_user_cancel` */
export interface AftersaleUserCancelEvent extends EventMessage {
  Event: 'aftersale_user_cancel';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** The refund of an after-sales request succeeded. `aftersale_refund_success` */
export interface AftersaleRefundSuccessEvent extends EventMessage {
  Event: 'aftersale_refund_success';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** Returned goods wait for the merchant to confirm them. `aftersale_wait_merchant_confirm_receipt` */
export interface AftersaleWaitMerchantConfirmReceiptEvent extends EventMessage {
  Event: 'aftersale_wait_merchant_confirm_receipt';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** A refund by other means waits for the merchant. `aftersale_wait_merchant_offline_refund` */
export interface AftersaleWaitMerchantOfflineRefundEvent extends EventMessage {
  Event: 'aftersale_wait_merchant_offline_refund';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** A user changes the waybill of a return. `aftersale_user_modify_return_info` */
export interface AftersaleUserModifyReturnInfoEvent extends EventMessage {
  Event: 'aftersale_user_modify_return_info';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** A user confirms the proof of a refund. `aftersale_user_confirm_refund_certificate` */
export interface AftersaleUserConfirmRefundCertificateEvent extends EventMessage {
  Event: 'aftersale_user_confirm_refund_certificate';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** A dispute changes the state of an after-sales request. `aftersale_complaint_update_order_state` */
export interface AftersaleComplaintUpdateOrderStateEvent extends EventMessage {
  Event: 'aftersale_complaint_update_order_state';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** The merchant did not answer a refund request in time. `aftersale_merchant_handle_refund_overdue` */
export interface AftersaleMerchantHandleRefundOverdueEvent extends EventMessage {
  Event: 'aftersale_merchant_handle_refund_overdue';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** The merchant did not answer a return request in time. `aftersale_merchant_handle_return_overdue` */
export interface AftersaleMerchantHandleReturnOverdueEvent extends EventMessage {
  Event: 'aftersale_merchant_handle_return_overdue';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** The merchant did not confirm returned goods in time. `aftersale_merchant_confirm_receipt_overdue` */
export interface AftersaleMerchantConfirmReceiptOverdueEvent extends EventMessage {
  Event: 'aftersale_merchant_confirm_receipt_overdue';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** A user did not ask WeChat to decide in time. `aftersale_user_apply_platform_judge_overdue` */
export interface AftersaleUserApplyPlatformJudgeOverdueEvent extends EventMessage {
  Event: 'aftersale_user_apply_platform_judge_overdue';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** A user did not hand in the waybill of a return in time. `aftersale_user_upload_return_info_overdue` */
export interface AftersaleUserUploadReturnInfoOverdueEvent extends EventMessage {
  Event: 'aftersale_user_upload_return_info_overdue';

  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** A payment succeeded. `funds_order_pay` */
export interface FundsOrderPayEvent extends EventMessage {
  Event: 'funds_order_pay';

  order_info: {
    trade_no: string;
    transaction_id: string;
    pay_time: string;
  };
}

/** A refund is finished. `funds_order_refund` */
export interface FundsOrderRefundEvent extends EventMessage {
  Event: 'funds_order_refund';

  order_info: {
    refund_no: string;
    status: string;
    success_time?: string;
    message?: string;
  };
}

/** A profit sharing is finished. `funds_order_profitsharing` */
export interface FundsOrderProfitsharingEvent extends EventMessage {
  Event: 'funds_order_profitsharing';

  order_info: {
    profit_sharing_no: string;
    amount: number;
    result: string;
    finish_time: string;
  };
}

/** A withdrawal has news. `withdraw_notify` */
export interface WithdrawNotifyEvent extends EventMessage {
  Event: 'withdraw_notify';

  withdraw_info: {
    out_request_no: string;
    event: number;
  };
}

/** A sharer was bound or unbound. `miniprogram_sharer_bind_status_change` */
export interface MiniprogramSharerBindStatusChangeEvent extends EventMessage {
  Event: 'miniprogram_sharer_bind_status_change';

  openid: string;
  bind_status: number;
}

/** A user does something on a sharer's link. `miniprogram_sharer_action` */
export interface MiniprogramSharerActionEvent extends EventMessage {
  Event: 'miniprogram_sharer_action';

  type: number;
  openid: string;
  promoter: {
    finder_nickname?: string;
    promoter_id?: string;
    promoter_openid?: string;
  };
}

/** An order was placed. `channels_ec_order_new` */
export interface ChannelsEcOrderNewEvent extends EventMessage {
  Event: 'channels_ec_order_new';

  order_info: {
    order_id: string;
  };
}

/** An order was paid. `channels_ec_order_pay` */
export interface ChannelsEcOrderPayEvent extends EventMessage {
  Event: 'channels_ec_order_pay';

  order_info: {
    order_id: string;
    pay_time: number;
  };
}

/** An order was cancelled. `channels_ec_order_cancel` */
export interface ChannelsEcOrderCancelEvent extends EventMessage {
  Event: 'channels_ec_order_cancel';

  order_info: {
    order_id: string;
    cancel_type: number;
  };
}

/** An order waits to be shipped. `channels_ec_order_wait_shipping` */
export interface ChannelsEcOrderWaitShippingEvent extends EventMessage {
  Event: 'channels_ec_order_wait_shipping';

  order_info: {
    order_id: string;
  };
}

/** An order was shipped. `channels_ec_order_deliver` */
export interface ChannelsEcOrderDeliverEvent extends EventMessage {
  Event: 'channels_ec_order_deliver';

  order_info: {
    order_id: string;
    finish_delivery: number;
  };
}

/** Receipt was confirmed. `channels_ec_order_confirm` */
export interface ChannelsEcOrderConfirmEvent extends EventMessage {
  Event: 'channels_ec_order_confirm';

  order_info: {
    order_id: string;
    confirm_type: number;
  };
}

/** An order was settled. `channels_ec_order_settle` */
export interface ChannelsEcOrderSettleEvent extends EventMessage {
  Event: 'channels_ec_order_settle';

  order_info: {
    order_id: string;
    settle_time: number;
  };
}

/** The address, remark or the like of an order changed. `channels_ec_order_ext_info_update` */
export interface ChannelsEcOrderExtInfoUpdateEvent extends EventMessage {
  Event: 'channels_ec_order_ext_info_update';

  order_info: {
    order_id: string;
    type: number;
  };
}

/** The first data of an order are asked for (fields not seen). `channels_ec_gen_order_info_init` */
export interface ChannelsEcGenOrderInfoInitEvent extends EventMessage {
  Event: 'channels_ec_gen_order_info_init';
}

/** The member discount of an order is given back (fields not seen). `channels_ec_order_unuse_vip_discount` */
export interface ChannelsEcOrderUnuseVipDiscountEvent extends EventMessage {
  Event: 'channels_ec_order_unuse_vip_discount';
}

/** The member discount of an order is used (fields not seen). `channels_ec_order_use_vip_discount` */
export interface ChannelsEcOrderUseVipDiscountEvent extends EventMessage {
  Event: 'channels_ec_order_use_vip_discount';
}

/** An order was placed in a related shop (to the mini program). `related_shop_order_submission` or `cooperation_shop_order` */
export interface RelatedShopOrderSubmissionEvent extends EventMessage {
  Event: 'related_shop_order_submission' | 'cooperation_shop_order';

  Data: {
    order_id: string;
    shop_appid: string;
  };
}

/** An after-sales order changed. `channels_ec_aftersale_update` */
export interface ChannelsEcAftersaleUpdateEvent extends EventMessage {
  Event: 'channels_ec_aftersale_update';

  finder_shop_aftersale_status_update: {
    status: string;
    after_sale_order_id: string;
    order_id: string;
    wxa_vip_discounted_price?: number;
  };
}

/** An after-sales order of a gift changed. `channels_ec_present_aftersale_update` */
export interface ChannelsEcPresentAftersaleUpdateEvent extends EventMessage {
  Event: 'channels_ec_present_aftersale_update';

  finder_shop_present_aftersale_status_update: {
    status: string;
    after_sale_order_id: string;
    order_id: string;
  };
}

/** A dispute changed. `channels_ec_complaint_update` */
export interface ChannelsEcComplaintUpdateEvent extends EventMessage {
  Event: 'channels_ec_complaint_update';

  finder_shop_complaint: {
    complaint_status: number;
    after_sale_order_id: string;
    complaint_id: string;
    order_id: string;
  };
}

/** A guarantee order changed. `channels_ec_guarantee_update` */
export interface ChannelsEcGuaranteeUpdateEvent extends EventMessage {
  Event: 'channels_ec_guarantee_update';

  finder_shop_guarantee_status_update: {
    status: string;
    guarantee_order_id: string;
    order_id: string;
  };
}

/** A category was reviewed. `product_category_audit` */
export interface ProductCategoryAuditEvent extends EventMessage {
  Event: 'product_category_audit';

  ProductCategoryAudit: {
    audit_id: string;
    status: number;
    reason?: string;
  };
}

/** A brand has news. `channels_ec_brand` */
export interface ChannelsEcBrandEvent extends EventMessage {
  Event: 'channels_ec_brand';

  BrandEvent: {
    brand_id: string;
    audit_id: string;
    status: number;
    reason?: string;
  };
}

/** A product was reviewed. `product_spu_audit` */
export interface ProductSpuAuditEvent extends EventMessage {
  Event: 'product_spu_audit';

  ProductSpuAudit: {
    product_id: string;
    status: number;
    reason?: string;
    audit_info?: string;
  };
}

/** A product was put on or off sale. `product_spu_listing` */
export interface ProductSpuListingEvent extends EventMessage {
  Event: 'product_spu_listing';

  ProductSpuListing: {
    product_id: string;
    status: number;
    reason?: string;
  };
}

/** A product changed. `product_spu_update` */
export interface ProductSpuUpdateEvent extends EventMessage {
  Event: 'product_spu_update';

  ProductSpuUpdate: {
    product_id: string;
    status: number;
    product_type?: number;
  };
}

/** The state of an order changed. `product_order_status_update` */
export interface ProductOrderStatusUpdateEvent extends EventMessage {
  Event: 'product_order_status_update';

  ProductOrderStatusUpdate: {
    order_id: string;
    status: number;
  };
}

/** The stock of a product runs low. `channels_ec_stock_no_enough` */
export interface ChannelsEcStockNoEnoughEvent extends EventMessage {
  Event: 'channels_ec_stock_no_enough';

  channels_ec_stock_no_enough: {
    product_id: string;
    sku_id: string;
    remaining_stock_amount: number;
    remaining_code_amount: number;
  };
}

/** A sharer was bound or unbound. `channels_ec_sharer_change` */
export interface ChannelsEcSharerChangeEvent extends EventMessage {
  Event: 'channels_ec_sharer_change';

  bind_status: number;
  openid: string;
  sharer_type: number;
}

/** A user takes a coupon. `channels_ec_coupon_receive` */
export interface ChannelsEcCouponReceiveEvent extends EventMessage {
  Event: 'channels_ec_coupon_receive';

  receive_info: {
    coupon_id: string;
    user_coupon_id: string;
    receive_time: number;
  };
}

/** A coupon was created. `channels_ec_coupon_create` */
export interface ChannelsEcCouponCreateEvent extends EventMessage {
  Event: 'channels_ec_coupon_create';

  coupon_info: {
    coupon_id: string;
    create_time: number;
  };
}

/** A coupon was deleted. `channels_ec_coupon_delete` */
export interface ChannelsEcCouponDeleteEvent extends EventMessage {
  Event: 'channels_ec_coupon_delete';

  coupon_info: {
    coupon_id: string;
    delete_time: number;
  };
}

/** A coupon has expired. `channels_ec_coupon_expire` */
export interface ChannelsEcCouponExpireEvent extends EventMessage {
  Event: 'channels_ec_coupon_expire';

  coupon_info: {
    coupon_id: string;
    expire_time: number;
  };
}

/** A coupon changed. `channels_ec_coupon_info_change` */
export interface ChannelsEcCouponInfoChangeEvent extends EventMessage {
  Event: 'channels_ec_coupon_info_change';

  coupon_info: {
    coupon_id: string;
    change_time: number;
  };
}

/** A coupon was made invalid. `channels_ec_coupon_invalid` */
export interface ChannelsEcCouponInvalidEvent extends EventMessage {
  Event: 'channels_ec_coupon_invalid';

  coupon_info: {
    coupon_id: string;
    invalid_time: number;
  };
}

/** A user's coupon has expired. `channels_ec_user_coupon_expire` */
export interface ChannelsEcUserCouponExpireEvent extends EventMessage {
  Event: 'channels_ec_user_coupon_expire';

  user_coupon_info: {
    coupon_id: string;
    user_coupon_id: string;
    expire_time: number;
  };
}

/** A user's coupon was given back. `channels_ec_user_coupon_unuse` */
export interface ChannelsEcUserCouponUnuseEvent extends EventMessage {
  Event: 'channels_ec_user_coupon_unuse';

  user_coupon_info: {
    coupon_id: string;
    user_coupon_id: string;
    unuse_time: number;
  };
}

/** A user's coupon was used. `channels_ec_user_coupon_use` */
export interface ChannelsEcUserCouponUseEvent extends EventMessage {
  Event: 'channels_ec_user_coupon_use';

  user_coupon_info?: {
    coupon_id: string;
    user_coupon_id: string;
    use_time: number;
  };
  user_info?: {
    coupon_id: string;
    user_coupon_id: string;
    use_time: number;
  };
}

/** Vouchers were handed out. `channels_ec_voucher_send_succ` */
export interface ChannelsEcVoucherSendSuccEvent extends EventMessage {
  Event: 'channels_ec_voucher_send_succ';

  voucher_list: {
    code: string;
    code_type: number;
    status: number;
    send_time: number;
    update_time?: number;
    start_time?: number;
    end_time?: number;
    consume_time?: number;
    refund_time?: number;
    consume_store_name?: string;
    voucher_type?: number;
    voucher_buy_amount?: number;
    voucher_actual_amount?: number;
    telphone_no?: string;
    product_id: string;
    sku_id: string;
    order_id: string;
    openid: string;
  }[];
}

/** A user becomes a member. `channels_ec_vip_join` */
export interface ChannelsEcVipJoinEvent extends EventMessage {
  Event: 'channels_ec_vip_join';

  user_info: {
    join_time?: number;
    close_time?: number;
    phone_number?: string;
    grade?: number;
    experience_value?: number;
    score?: number;
    delta_score?: number;
  };
}

/** A user leaves the membership. `channels_ec_vip_close` */
export interface ChannelsEcVipCloseEvent extends EventMessage {
  Event: 'channels_ec_vip_close';

  user_info: {
    join_time?: number;
    close_time?: number;
    phone_number?: string;
    grade?: number;
    experience_value?: number;
    score?: number;
    delta_score?: number;
  };
}

/** A member's grade changed. `channels_ec_vip_grade_info_update` */
export interface ChannelsEcVipGradeInfoUpdateEvent extends EventMessage {
  Event: 'channels_ec_vip_grade_info_update';

  user_info: {
    join_time?: number;
    close_time?: number;
    phone_number?: string;
    grade?: number;
    experience_value?: number;
    score?: number;
    delta_score?: number;
  };
}

/** A member's points changed. `channels_ec_vip_score_update` */
export interface ChannelsEcVipScoreUpdateEvent extends EventMessage {
  Event: 'channels_ec_vip_score_update';

  user_info: {
    join_time?: number;
    close_time?: number;
    phone_number?: string;
    grade?: number;
    experience_value?: number;
    score?: number;
    delta_score?: number;
  };
}

/** A member exchanges points. `channels_ec_vip_score_exchange` */
export interface ChannelsEcVipScoreExchangeEvent extends EventMessage {
  Event: 'channels_ec_vip_score_exchange';

  exchange_info: {
    pay_score: number;
    score_item_type: number;
    coupon_info?: {
      related_coupon_id: string;
    };
    product_info?: {
      related_product_id: string;
    };
  };
}

/** The data of a member are asked for. `channels_ec_vip_user_info_get` */
export interface ChannelsEcVipUserInfoGetEvent extends EventMessage {
  Event: 'channels_ec_vip_user_info_get';

  info: {
    shop_appid: string;
  };
}

/** A user was made a member. `channels_ec_vip_user_auto_add` */
export interface ChannelsEcVipUserAutoAddEvent extends EventMessage {
  Event: 'channels_ec_vip_user_auto_add';

  info: {
    shop_appid: string;
    outer_userid?: string;
    identity: number;
    add_time: number;
  };
}

/** The bank account changed. `channels_ec_acct_notify` */
export interface ChannelsEcAcctNotifyEvent extends EventMessage {
  Event: 'channels_ec_acct_notify';

  account_info: {
    event: number;
  };
}

/** A withdrawal has news. `channels_ec_withdraw_notify` */
export interface ChannelsEcWithdrawNotifyEvent extends EventMessage {
  Event: 'channels_ec_withdraw_notify';

  withdraw_info: {
    withdraw_id: string;
    event: number;
  };
}

/** The QR code of a withdrawal was scanned or confirmed. `qrcode_status` */
export interface QrcodeStatusEvent extends EventMessage {
  Event: 'qrcode_status';

  qrcode_info: {
    ticket: string;
    status: number;
    scan_user_type: number;
  };
}

/** The shop opens or closes. `channels_ec_change_status` */
export interface ChannelsEcChangeStatusEvent extends EventMessage {
  Event: 'channels_ec_change_status';

  appid: string;
  change_timestamp: number;
  old_status: string;
  new_status: string;
}

/** The shop was closed for good. `channels_ec_close_store` */
export interface ChannelsEcCloseStoreEvent extends EventMessage {
  Event: 'channels_ec_close_store';

  appid: string;
  close_timestamp: number;
}

/** The shop's name changed. `set_shop_nickname` */
export interface SetShopNicknameEvent extends EventMessage {
  Event: 'set_shop_nickname';

  appid: string;
  old_nickname: string;
  new_nickname: string;
}

/** The shop's picture changed (fields not seen). `set_shop_headimg` */
export interface SetShopHeadimgEvent extends EventMessage {
  Event: 'set_shop_headimg';
}

/** An API of the store changed. `api_diff` */
export interface ApiDiffEvent extends EventMessage {
  Event: 'api_diff';

  changelog_url?: string;
  change_time?: string;
  api_diff_list?: {
    api_name: string;
    change_type: number;
    change_desc: string;
  }[];
}

/** A user writes to the shop's customer service. `commkf_send_msg_to_kf` */
export interface CommkfSendMsgToKfEvent extends EventMessage {
  Event: 'commkf_send_msg_to_kf';

  msg_id: string;
  msg_type: string;
  msg_event: string;
}

/** An electronic waybill has news. `ewaybill_push_path` */
export interface EwaybillPushPathEvent extends EventMessage {
  Event: 'ewaybill_push_path';

  waybill_info: {
    ewaybill_order_id: string;
    waybill_id: string;
    update_time: number;
    status: number;
    desc: string;
  };
}

/** An order was given to the supplier. `dropship_order_new` */
export interface DropshipOrderNewEvent extends EventMessage {
  Event: 'dropship_order_new';

  ds_order_id: string;
}

/** A supplier's order was taken back. `dropship_order_cancel` */
export interface DropshipOrderCancelEvent extends EventMessage {
  Event: 'dropship_order_cancel';

  ds_order_id: string;
}

/** A supplier's order changed. `dropship_order_update` */
export interface DropshipOrderUpdateEvent extends EventMessage {
  Event: 'dropship_order_update';

  ds_order_id: string;
  update_time: number;
}

/** A user cancels a joint membership. `cancel_comember` */
export interface CancelComemberEvent extends EventMessage {
  Event: 'cancel_comember';

  BrandAppID: string;
}

/** A product of a league changed. `head_supplier_item_update` */
export interface HeadSupplierItemUpdateEvent extends EventMessage {
  Event: 'head_supplier_item_update';

  item_info: {
    event_type: number;
    appid: string;
    product_id: string;
    version?: string;
    update_fields?: string[];
  };
}

/** A commission order changed. `head_supplier_commission_order_update` */
export interface HeadSupplierCommissionOrderUpdateEvent extends EventMessage {
  Event: 'head_supplier_commission_order_update';

  order_info: {
    order_id: string;
    sku_id: string;
    commission_order_status: number;
    order_status: number;
    version: string;
  };
}

/** A subscribed product changed. `head_supplier_subscribe_product_baseinfo_update` */
export interface HeadSupplierSubscribeProductBaseinfoUpdateEvent extends EventMessage {
  Event: 'head_supplier_subscribe_product_baseinfo_update';

  item_info: {
    appid: string;
    product_id: string;
    version: string;
    status: number;
    product_info?: {
      title: string;
    };
  };
}

/** The plan of a subscribed product changed. `head_supplier_subscribe_product_planinfo_update` */
export interface HeadSupplierSubscribeProductPlaninfoUpdateEvent extends EventMessage {
  Event: 'head_supplier_subscribe_product_planinfo_update';

  item_info: {
    event_type: number;
    appid: string;
    product_id: string;
    plan_id: string;
    commission_ratio: number;
  };
}

/** A talent withdraws the authorisation of a window. `talent_window_cancel_auth` */
export interface TalentWindowCancelAuthEvent extends EventMessage {
  Event: 'talent_window_cancel_auth';

  item_info: {
    talent_info: {
      opentalentid: string;
      nickname: string;
    };
  };
}

/** A promoter was bound, or could not be. `promoter_bind_result` */
export interface PromoterBindResultEvent extends EventMessage {
  Event: 'promoter_bind_result';

  bind_status: number;
  sharer_appid: string;
  sharer_openid: string;
  sharer_unionid?: string;
}

/** A supplier's product changed. `ec_supplier_product_update` */
export interface EcSupplierProductUpdateEvent extends EventMessage {
  Event: 'ec_supplier_product_update';

  EcSupplierProductUpdate: {
    product_id: string;
    status: number;
  };
}

/** A shop invites the supplier. `ec_supplier_invite_relation` */
export interface EcSupplierInviteRelationEvent extends EventMessage {
  Event: 'ec_supplier_invite_relation';

  appid: string;
  invite_time: number;
}

/** Every ten minutes; the ticket is needed for the platform's token. `component_verify_ticket` */
export interface ComponentVerifyTicketInfo extends InfoMessage {
  InfoType: 'component_verify_ticket';

  ComponentVerifyTicket: string;
}

/** An account authorises the platform. `authorized` */
export interface AuthorizedInfo extends InfoMessage {
  InfoType: 'authorized';

  AuthorizerAppid: string;
  PreAuthCode: string;
  AuthorizationCode: string;
  AuthorizationCodeExpiredTime: number;
}

/** An account changes the authorisation. `updateauthorized` */
export interface UpdateauthorizedInfo extends InfoMessage {
  InfoType: 'updateauthorized';

  AuthorizerAppid: string;
  PreAuthCode: string;
  AuthorizationCode: string;
  AuthorizationCodeExpiredTime: number;
}

/** An account ends the authorisation. `unauthorized` */
export interface UnauthorizedInfo extends InfoMessage {
  InfoType: 'unauthorized';

  AuthorizerAppid: string;
}

/** A mini program was registered, or could not be. `notify_third_fasteregister` */
export interface NotifyThirdFasteregisterInfo extends InfoMessage {
  InfoType: 'notify_third_fasteregister';

  appid?: string;
  status: number;
  auth_code?: string;
  msg?: string;
  info: {
    name?: string;
    code?: string;
    code_type?: number;
    legal_persona_wechat?: string;
    legal_persona_name?: string;
    wxuser?: string;
    idname?: string;
    component_phone?: string;
  };
}

/** A trial mini program was registered. `notify_third_fastregisterbetaapp` */
export interface NotifyThirdFastregisterbetaappInfo extends InfoMessage {
  InfoType: 'notify_third_fastregisterbetaapp';

  appid?: string;
  status: number;
  msg?: string;
  info: {
    unique_id: string;
    name: string;
  };
}

/** A trial mini program was verified. `notify_third_fastverifybetaapp` */
export interface NotifyThirdFastverifybetaappInfo extends InfoMessage {
  InfoType: 'notify_third_fastverifybetaapp';

  appid?: string;
  status: number;
  msg?: string;
  info: {
    name: string;
    code: string;
    code_type: number;
    legal_persona_wechat: string;
    legal_persona_name: string;
    component_phone: string;
  };
}

/** The verification of a mini program has news. `notify_3rd_wxa_auth` */
export interface Notify3rdWxaAuthInfo extends InfoMessage {
  InfoType: 'notify_3rd_wxa_auth';

  appid: string;
  task_status: number;
  message?: string;
  taskid: string;
  apply_status: number;
  dispatch_info?: {
    provider: string;
    contact: string;
    dispatch_time: number;
  };
}

/** A mini program's verification expires. `notify_3rd_wxa_wxverify` */
export interface Notify3rdWxaWxverifyInfo extends InfoMessage {
  InfoType: 'notify_3rd_wxa_wxverify';

  appid: string;
  expired: number;
  message?: string;
}

/** The ICP filing of a mini program has news. `notify_apply_icpfiling_result` */
export interface NotifyApplyIcpfilingResultInfo extends InfoMessage {
  InfoType: 'notify_apply_icpfiling_result';

  authorizer_appid: string;
  beian_status: number;
}

/** The administrator's face check for the ICP filing is finished. `notify_icpfiling_verify_result` */
export interface NotifyIcpfilingVerifyResultInfo extends InfoMessage {
  InfoType: 'notify_icpfiling_verify_result';

  task_id: string;
  verify_appid: string;
  result: number;
  along_with_auth_result?: number;
}

/** Verification and ICP filing together have news. `notify_3rd_wxa_auth_and_icp` */
export interface Notify3rdWxaAuthAndIcpInfo extends InfoMessage {
  InfoType: 'notify_3rd_wxa_auth_and_icp';

  appid: string;
  procedure_id: string;
  procedure_status: number;
}

/** The order page of mini programs was applied for. `order_path_apply_result_notify` */
export interface OrderPathApplyResultNotifyInfo extends InfoMessage {
  InfoType: 'order_path_apply_result_notify';

  list: {
    appid: string;
    ret_code: number;
  }[];
}

/** The order page of mini programs was reviewed. `order_path_audit_result_notify` */
export interface OrderPathAuditResultNotifyInfo extends InfoMessage {
  InfoType: 'order_path_audit_result_notify';

  list: {
    appid: string;
    audit_id: string;
    status: number;
    apply_time: number;
    audit_time: number;
    reason: string;
  }[];
}

/** A message of a type that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherMessage extends UserMessage, Unlisted<UserMessage, KnownField> {}

/** An event that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherEvent extends EventMessage, Unlisted<EventMessage, KnownField> {}

/** An `InfoType` that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherInfo extends InfoMessage, Unlisted<InfoMessage, KnownField> {}

type KnownField =
  | 'Content'
  | 'bizmsgmenuid'
  | 'MsgId'
  | 'PicUrl'
  | 'MediaId'
  | 'Format'
  | 'MediaId16K'
  | 'Recognition'
  | 'ThumbMediaId'
  | 'Location_X'
  | 'Location_Y'
  | 'Scale'
  | 'Label'
  | 'Title'
  | 'Description'
  | 'Url'
  | 'AppId'
  | 'PagePath'
  | 'ThumbUrl'
  | 'FileKey'
  | 'FileMd5'
  | 'FileTotalLen'
  | 'DeviceType'
  | 'DeviceID'
  | 'SessionID'
  | 'OpenID'
  | 'Event'
  | 'OpType'
  | 'EventKey'
  | 'Ticket'
  | 'Latitude'
  | 'Longitude'
  | 'Precision'
  | 'MenuId'
  | 'ScanCodeInfo'
  | 'SendPicsInfo'
  | 'SendLocationInfo'
  | 'GuideScanEvent'
  | 'debug_str'
  | 'SessionFrom'
  | 'KfAccount'
  | 'FromKfAccount'
  | 'ToKfAccount'
  | 'SubscribeMsgPopupEvent'
  | 'SubscribeMsgChangeEvent'
  | 'SubscribeMsgSentEvent'
  | 'MsgID'
  | 'Status'
  | 'TotalCount'
  | 'FilterCount'
  | 'SentCount'
  | 'ErrorCount'
  | 'CopyrightCheckResult'
  | 'ArticleUrlResult'
  | 'PublishEventInfo'
  | 'AppID'
  | 'RevokeInfo'
  | 'PluginID'
  | 'OpenPID'
  | 'UnionID'
  | 'SuccTime'
  | 'Reason'
  | 'FailTime'
  | 'ScreenShot'
  | 'DelayTime'
  | 'ret'
  | 'nickname'
  | 'reason'
  | 'first'
  | 'second'
  | 'result_info'
  | 'appeal_record_id'
  | 'appid'
  | 'appeal_time'
  | 'appeal_count'
  | 'appeal_from'
  | 'appeal_status'
  | 'audit_time'
  | 'audit_reason'
  | 'punish_description'
  | 'material'
  | 'illegal_record_id'
  | 'create_time'
  | 'illegal_reason'
  | 'illegal_content'
  | 'rule_url'
  | 'rule_name'
  | 'OrderId'
  | 'Provider'
  | 'Contact'
  | 'DispatchTime'
  | 'ApplyAuthorizationInfoNoitfy'
  | 'trace_id'
  | 'version'
  | 'errcode'
  | 'errmsg'
  | 'detail'
  | 'result'
  | 'isrisky'
  | 'extra_info_json'
  | 'status_code'
  | 'event_type'
  | 'spu_id'
  | 'spu_name'
  | 'total_quota'
  | 'total_used_quota'
  | 'upload_event'
  | 'audit_event'
  | 'FollowNotify'
  | 'PushMessageApiNotify'
  | 'OpenId'
  | 'OutTradeNo'
  | 'Env'
  | 'WeChatPayInfo'
  | 'GoodsInfo'
  | 'TeamInfo'
  | 'CoinInfo'
  | 'MchRefundId'
  | 'WxRefundId'
  | 'MchOrderId'
  | 'WxOrderId'
  | 'WxpayRefundTransactionId'
  | 'RefundFee'
  | 'RetCode'
  | 'RetMsg'
  | 'RefundStartTimestamp'
  | 'RefundSuccTimestamp'
  | 'RetryTimes'
  | 'Attach'
  | 'WxTransactionId'
  | 'TransactionId'
  | 'ComplaintId'
  | 'ComplaintDetail'
  | 'ComplaintTime'
  | 'RequestId'
  | 'NickName'
  | 'MerchantCode'
  | 'MerchantCompanyName'
  | 'BusinessTime'
  | 'BusinessCode'
  | 'BusinessState'
  | 'Remark'
  | 'EventType'
  | 'refund_time'
  | 'order_time'
  | 'channel_bill'
  | 'bundleid'
  | 'product_id'
  | 'p_count'
  | 'refund_request_reason'
  | 'provide_status'
  | 'pay_order_id'
  | 'consumption_status'
  | 'service_type'
  | 'ProductId'
  | 'ContractResult'
  | 'ContractResultMsg'
  | 'ContractId'
  | 'mchid'
  | 'out_refund_no'
  | 'refund_id'
  | 'out_trade_no'
  | 'order_id'
  | 'refund_amount'
  | 'order_amount'
  | 'refund_from'
  | 'refund_reason'
  | 'refund_status'
  | 'wxpay_refund_id'
  | 'env'
  | 'pay_channel'
  | 'refund_desc'
  | 'MiniGame'
  | 'msg'
  | 'merchant_id'
  | 'sub_merchant_id'
  | 'merchant_trade_no'
  | 'transaction_id'
  | 'pay_time'
  | 'shipped_time'
  | 'estimated_settlement_time'
  | 'confirm_receive_method'
  | 'confirm_receive_time'
  | 'settlement_time'
  | 'BussiCallBackInfo'
  | 'DeliveryID'
  | 'WayBillId'
  | 'Version'
  | 'Count'
  | 'Actions'
  | 'Token'
  | 'OrderID'
  | 'BizID'
  | 'BizPwd'
  | 'ShopAppID'
  | 'WayBillID'
  | 'Sender'
  | 'Receiver'
  | 'Cargo'
  | 'Insured'
  | 'Service'
  | 'ShopName'
  | 'ShopTelphone'
  | 'ShopContact'
  | 'ServiceName'
  | 'SenderProvince'
  | 'SenderCity'
  | 'SenderArea'
  | 'SenderAddress'
  | 'delivery_id'
  | 'biz_id'
  | 'WXAppId'
  | 'CompanyID'
  | 'Account'
  | 'AccountPwd'
  | 'GoodDetail'
  | 'Settingment'
  | 'ExpectStartTime'
  | 'ExpectEndTime'
  | 'PickUpStartTime'
  | 'PickUpEndTime'
  | 'Scene'
  | 'CancelID'
  | 'CancelReason'
  | 'Fee'
  | 'OriginalFee'
  | 'PayOrderId'
  | 'PayFinishTime'
  | 'ComplainType'
  | 'Pic'
  | 'Name'
  | 'Phone'
  | 'CourierType'
  | 'Score'
  | 'Province'
  | 'City'
  | 'Area'
  | 'Street'
  | 'Address'
  | 'Id'
  | 'shopid'
  | 'shop_order_id'
  | 'waybill_id'
  | 'action_time'
  | 'order_status'
  | 'action_msg'
  | 'shop_no'
  | 'agent'
  | 'delivery_sign'
  | 'wx_token'
  | 'delivery_token'
  | 'sender'
  | 'receiver'
  | 'cargo'
  | 'order_info'
  | 'tips'
  | 'remark'
  | 'cancel_reason_id'
  | 'cancel_reason'
  | 'delivery_ontime_score'
  | 'cargo_intact_score'
  | 'attitude_score'
  | 'wx_appid'
  | 'code'
  | 'ExpiredTime'
  | 'FailReason'
  | 'CardId'
  | 'RefuseReason'
  | 'IsGiveByFriend'
  | 'UserCardCode'
  | 'FriendUserName'
  | 'OuterId'
  | 'OldUserCardCode'
  | 'OuterStr'
  | 'IsRestoreMemberCard'
  | 'IsRecommendByFriend'
  | 'UnionId'
  | 'IsReturnBack'
  | 'IsChatRoom'
  | 'ConsumeSource'
  | 'LocationId'
  | 'LocationName'
  | 'StaffOpenId'
  | 'VerifyCode'
  | 'RemarkAmount'
  | 'TransId'
  | 'ModifyBonus'
  | 'ModifyBalance'
  | 'Detail'
  | 'CreateOrderTime'
  | 'Desc'
  | 'FreeCoinCount'
  | 'PayCoinCount'
  | 'RefundFreeCoinCount'
  | 'RefundPayCoinCount'
  | 'OrderType'
  | 'Memo'
  | 'ReceiptInfo'
  | 'MerchantId'
  | 'IsPass'
  | 'PageId'
  | 'OrderStatus'
  | 'SkuInfo'
  | 'SuccOrderId'
  | 'FailOrderId'
  | 'Source'
  | 'Code'
  | 'title'
  | 'tax_no'
  | 'addr'
  | 'phone'
  | 'bank_type'
  | 'bank_no'
  | 'attach'
  | 'title_type'
  | 'fpqqlsh'
  | 'status'
  | 'nsrsbh'
  | 'UniqId'
  | 'PoiId'
  | 'Result'
  | 'Msg'
  | 'audit_id'
  | 'is_upgrade'
  | 'poiid'
  | 'poi_id'
  | 'map_poi_id'
  | 'name'
  | 'address'
  | 'longitude'
  | 'latitude'
  | 'sh_remark'
  | 'ConnectTime'
  | 'ExpireTime'
  | 'VendorId'
  | 'PlaceId'
  | 'DeviceNo'
  | 'ChosenBeacon'
  | 'AroundBeacons'
  | 'KeyStandard'
  | 'KeyStr'
  | 'Country'
  | 'Sex'
  | 'ExtInfo'
  | 'RegionCode'
  | 'ReasonMsg'
  | 'OpenProductAccountRegister'
  | 'QualificationAuditResult'
  | 'SceneGroupAudit'
  | 'OpenProductSpuAudit'
  | 'out_coupon_id'
  | 'request_id'
  | 'OrderUpdateNotification'
  | 'complaint_info'
  | 'aftersale_info'
  | 'withdraw_info'
  | 'openid'
  | 'bind_status'
  | 'type'
  | 'promoter'
  | 'Data'
  | 'finder_shop_aftersale_status_update'
  | 'finder_shop_present_aftersale_status_update'
  | 'finder_shop_complaint'
  | 'finder_shop_guarantee_status_update'
  | 'ProductCategoryAudit'
  | 'BrandEvent'
  | 'ProductSpuAudit'
  | 'ProductSpuListing'
  | 'ProductSpuUpdate'
  | 'ProductOrderStatusUpdate'
  | 'channels_ec_stock_no_enough'
  | 'sharer_type'
  | 'receive_info'
  | 'coupon_info'
  | 'user_coupon_info'
  | 'user_info'
  | 'voucher_list'
  | 'exchange_info'
  | 'info'
  | 'account_info'
  | 'qrcode_info'
  | 'change_timestamp'
  | 'old_status'
  | 'new_status'
  | 'close_timestamp'
  | 'old_nickname'
  | 'new_nickname'
  | 'changelog_url'
  | 'change_time'
  | 'api_diff_list'
  | 'msg_id'
  | 'msg_type'
  | 'msg_event'
  | 'waybill_info'
  | 'ds_order_id'
  | 'update_time'
  | 'BrandAppID'
  | 'item_info'
  | 'sharer_appid'
  | 'sharer_openid'
  | 'sharer_unionid'
  | 'EcSupplierProductUpdate'
  | 'invite_time'
  | 'ComponentVerifyTicket'
  | 'AuthorizerAppid'
  | 'PreAuthCode'
  | 'AuthorizationCode'
  | 'AuthorizationCodeExpiredTime'
  | 'auth_code'
  | 'task_status'
  | 'message'
  | 'taskid'
  | 'apply_status'
  | 'dispatch_info'
  | 'expired'
  | 'authorizer_appid'
  | 'beian_status'
  | 'task_id'
  | 'verify_appid'
  | 'along_with_auth_result'
  | 'procedure_id'
  | 'procedure_status'
  | 'list';

/** A message from a user. */
export type AnyUserMessage =
  | TextMessage
  | ImageMessage
  | VoiceMessage
  | VideoMessage
  | ShortvideoMessage
  | LocationMessage
  | LinkMessage
  | MiniprogrampageMessage
  | FileMessage
  | DeviceTextMessage
  | DeviceEventMessage
  | HardwareMessage
  | OtherMessage;

/** An event. */
export type AnyEvent =
  | SubscribeEvent
  | UnsubscribeEvent
  | ScanEvent
  | LocationEvent
  | ClickEvent
  | ViewEvent
  | ViewMiniprogramEvent
  | ScancodePushEvent
  | ScancodeWaitmsgEvent
  | PicSysphotoEvent
  | PicPhotoOrAlbumEvent
  | PicWeixinEvent
  | LocationSelectEvent
  | GuideQrcodeScanEvent
  | DebugDemoEvent
  | UserEnterTempsessionEvent
  | KfCreateSessionEvent
  | KfCloseSessionEvent
  | KfSwitchSessionEvent
  | SubscribeMsgPopupEvent
  | SubscribeMsgChangeEvent
  | SubscribeMsgSentEvent
  | TemplatesendjobfinishEvent
  | MasssendjobfinishEvent
  | PublishjobfinishEvent
  | UserInfoModifiedEvent
  | UserAuthorizationRevokeEvent
  | UserAuthorizationCancellationEvent
  | WeappAuditSuccessEvent
  | WeappAuditFailEvent
  | WeappAuditDelayEvent
  | WxaNicknameAuditEvent
  | WxaCategoryAuditEvent
  | WxaPrivacyApplyEvent
  | WxaAppealRecordEvent
  | WxaIllegalRecordEvent
  | WxaTradeControlledEvent
  | WxVerifyPaySuccEvent
  | WxVerifyDispatchEvent
  | WxVerifyRefillEvent
  | BetaappVerifyEvent
  | BetaappVerifyApplyEvent
  | BetaappAuthorizationApplyEvent
  | WxaMediaCheckEvent
  | WxaCommentBadScoreEvent
  | ChargeServiceQuotaNotifyEvent
  | SecvodUploadEvent
  | SecvodAuditEvent
  | SecbookAuditEvent
  | WxaliveFollowNotifyEvent
  | WxalivePushMessageNotifyEvent
  | XpayGoodsDeliverNotifyEvent
  | XpayCoinPayNotifyEvent
  | XpayRefundNotifyEvent
  | XpayComplaintNotifyEvent
  | XpayWxpayCallbackNotifyEvent
  | XpaySubscribeIosRefundQueryNotifyEvent
  | XpaySubscribeSigningResultNotifyEvent
  | XpaySubscribePayFailNotifyEvent
  | XpayAppleSubscribeSigningResultNotifyEvent
  | RetailRefundNotifyEvent
  | MinigameCoinDeliverCompletedEvent
  | MinigameGamePayGoodsDeliverNotifyEvent
  | MinigameH5GoodsDeliverNotifyEvent
  | MinigameDeliverGoodsEvent
  | MinigameQueryRecentRoleListEvent
  | TradeManageRemindAccessApiEvent
  | TradeManageRemindShippingEvent
  | TradeManageOrderSettlementEvent
  | ComplaintCallbackEvent
  | AddExpressPathEvent
  | AddWaybillEvent
  | CancelWaybillEvent
  | CheckBizEvent
  | GetQuotaEvent
  | UpdateBusinessBindResultEvent
  | AddSingleWaybillEvent
  | CancelSingleWaybillEvent
  | QuerySingleWaybillEvent
  | QuerySingleWaybillFeeEvent
  | RemindWaybillEvent
  | NotifySingleWaybillPayEvent
  | WaybillComplaintEvent
  | WaybillEvaluateAgentEvent
  | WaybillQueryExpectTimeRangeEvent
  | UpdateWaybillStatusEvent
  | TransportQueryOrderStatusEvent
  | TransportAddOrderEvent
  | TransportReaddOrderEvent
  | TransportPrecreateOrderEvent
  | TransportAddTipsEvent
  | TransportPrecancelOrderEvent
  | TransportCancelOrderEvent
  | TransportConfirmReturnToBizEvent
  | TransportGetAgentPosEvent
  | TransportSetRiderScoreEvent
  | MockUpdateOrderStatusEvent
  | GetPreAuthCodeEvent
  | GetAuthInfoEvent
  | CancelAuthAccountEvent
  | QualificationVerifySuccessEvent
  | QualificationVerifyFailEvent
  | NamingVerifySuccessEvent
  | NamingVerifyFailEvent
  | AnnualRenewEvent
  | VerifyExpiredEvent
  | CardPassCheckEvent
  | CardNotPassCheckEvent
  | UserGetCardEvent
  | UserGiftingCardEvent
  | UserDelCardEvent
  | UserConsumeCardEvent
  | UserPayFromPayCellEvent
  | UserViewCardEvent
  | UserEnterSessionFromCardEvent
  | UpdateMemberCardEvent
  | SubmitMembercardUserInfoEvent
  | CardSkuRemindEvent
  | CardPayOrderEvent
  | CardMerchantCheckResultEvent
  | GiftcardPayDoneEvent
  | GiftcardSendToFriendEvent
  | GiftcardUserAcceptEvent
  | MerchantOrderEvent
  | UserAuthorizeInvoiceEvent
  | UpdateInvoiceStatusEvent
  | SubmitInvoiceTitleEvent
  | CloudInvoiceInvoiceresultEvent
  | PoiCheckNotifyEvent
  | ApplyMerchantAuditInfoEvent
  | AddStoreAuditInfoEvent
  | ModifyStoreAuditInfoEvent
  | AddNearbyPoiAuditInfoEvent
  | NearbyCategoryAuditInfoEvent
  | CreateMapPoiAuditInfoEvent
  | WifiConnectedEvent
  | ShakearoundUserShakeEvent
  | UserScanProductEvent
  | UserScanProductEnterSessionEvent
  | UserScanProductAsyncEvent
  | UserScanProductVerifyActionEvent
  | OpenProductAccountRegisterEvent
  | OpenProductCategoryAuditEvent
  | OpenProductBrandAuditEvent
  | OpenProductSceneGroupAuditEvent
  | OpenProductSpuAuditEvent
  | OpenProductSpuStatusUpdateEvent
  | OpenProductOrderAnalyzeEvent
  | OpenProductOrderPayEvent
  | OpenProductOrderCancelEvent
  | OpenProductOrderConfirmEvent
  | OpenProductOrderRefundEvent
  | OpenProductOrderSettleEvent
  | OpenProductReceiveCouponEvent
  | OpenProductOrderUpdateEvent
  | ComplaintNotifyEvent
  | AftersaleNewOrderEvent
  | AftersaleUpdateOrderEvent
  | AftersaleUserCancelEvent
  | AftersaleRefundSuccessEvent
  | AftersaleWaitMerchantConfirmReceiptEvent
  | AftersaleWaitMerchantOfflineRefundEvent
  | AftersaleUserModifyReturnInfoEvent
  | AftersaleUserConfirmRefundCertificateEvent
  | AftersaleComplaintUpdateOrderStateEvent
  | AftersaleMerchantHandleRefundOverdueEvent
  | AftersaleMerchantHandleReturnOverdueEvent
  | AftersaleMerchantConfirmReceiptOverdueEvent
  | AftersaleUserApplyPlatformJudgeOverdueEvent
  | AftersaleUserUploadReturnInfoOverdueEvent
  | FundsOrderPayEvent
  | FundsOrderRefundEvent
  | FundsOrderProfitsharingEvent
  | WithdrawNotifyEvent
  | MiniprogramSharerBindStatusChangeEvent
  | MiniprogramSharerActionEvent
  | ChannelsEcOrderNewEvent
  | ChannelsEcOrderPayEvent
  | ChannelsEcOrderCancelEvent
  | ChannelsEcOrderWaitShippingEvent
  | ChannelsEcOrderDeliverEvent
  | ChannelsEcOrderConfirmEvent
  | ChannelsEcOrderSettleEvent
  | ChannelsEcOrderExtInfoUpdateEvent
  | ChannelsEcGenOrderInfoInitEvent
  | ChannelsEcOrderUnuseVipDiscountEvent
  | ChannelsEcOrderUseVipDiscountEvent
  | RelatedShopOrderSubmissionEvent
  | ChannelsEcAftersaleUpdateEvent
  | ChannelsEcPresentAftersaleUpdateEvent
  | ChannelsEcComplaintUpdateEvent
  | ChannelsEcGuaranteeUpdateEvent
  | ProductCategoryAuditEvent
  | ChannelsEcBrandEvent
  | ProductSpuAuditEvent
  | ProductSpuListingEvent
  | ProductSpuUpdateEvent
  | ProductOrderStatusUpdateEvent
  | ChannelsEcStockNoEnoughEvent
  | ChannelsEcSharerChangeEvent
  | ChannelsEcCouponReceiveEvent
  | ChannelsEcCouponCreateEvent
  | ChannelsEcCouponDeleteEvent
  | ChannelsEcCouponExpireEvent
  | ChannelsEcCouponInfoChangeEvent
  | ChannelsEcCouponInvalidEvent
  | ChannelsEcUserCouponExpireEvent
  | ChannelsEcUserCouponUnuseEvent
  | ChannelsEcUserCouponUseEvent
  | ChannelsEcVoucherSendSuccEvent
  | ChannelsEcVipJoinEvent
  | ChannelsEcVipCloseEvent
  | ChannelsEcVipGradeInfoUpdateEvent
  | ChannelsEcVipScoreUpdateEvent
  | ChannelsEcVipScoreExchangeEvent
  | ChannelsEcVipUserInfoGetEvent
  | ChannelsEcVipUserAutoAddEvent
  | ChannelsEcAcctNotifyEvent
  | ChannelsEcWithdrawNotifyEvent
  | QrcodeStatusEvent
  | ChannelsEcChangeStatusEvent
  | ChannelsEcCloseStoreEvent
  | SetShopNicknameEvent
  | SetShopHeadimgEvent
  | ApiDiffEvent
  | CommkfSendMsgToKfEvent
  | EwaybillPushPathEvent
  | DropshipOrderNewEvent
  | DropshipOrderCancelEvent
  | DropshipOrderUpdateEvent
  | CancelComemberEvent
  | HeadSupplierItemUpdateEvent
  | HeadSupplierCommissionOrderUpdateEvent
  | HeadSupplierSubscribeProductBaseinfoUpdateEvent
  | HeadSupplierSubscribeProductPlaninfoUpdateEvent
  | TalentWindowCancelAuthEvent
  | PromoterBindResultEvent
  | EcSupplierProductUpdateEvent
  | EcSupplierInviteRelationEvent
  | OtherEvent;

/** A push to a third-party platform's own URL. */
export type AnyInfo =
  | ComponentVerifyTicketInfo
  | AuthorizedInfo
  | UpdateauthorizedInfo
  | UnauthorizedInfo
  | NotifyThirdFasteregisterInfo
  | NotifyThirdFastregisterbetaappInfo
  | NotifyThirdFastverifybetaappInfo
  | Notify3rdWxaAuthInfo
  | Notify3rdWxaWxverifyInfo
  | NotifyApplyIcpfilingResultInfo
  | NotifyIcpfilingVerifyResultInfo
  | Notify3rdWxaAuthAndIcpInfo
  | OrderPathApplyResultNotifyInfo
  | OrderPathAuditResultNotifyInfo
  | OtherInfo;

/** Everything WeChat pushes. Comparing `MsgType`, `Event` or `InfoType` with a name narrows it. */
export type PushMessage = AnyUserMessage | AnyEvent | AnyInfo;

/** The routes of a message, and what a handler gets there. */
export interface RouteMessages {
  text: TextMessage;
  image: ImageMessage;
  voice: VoiceMessage;
  video: VideoMessage;
  shortvideo: ShortvideoMessage;
  location: LocationMessage;
  link: LinkMessage;
  miniprogrampage: MiniprogrampageMessage;
  file: FileMessage;
  device_text: DeviceTextMessage;
  device_event: DeviceEventMessage;
  hardware: HardwareMessage;
  event: AnyEvent;
  'event.subscribe': SubscribeEvent;
  'event.unsubscribe': UnsubscribeEvent;
  'event.SCAN': ScanEvent;
  'event.LOCATION': LocationEvent;
  'event.CLICK': ClickEvent;
  'event.VIEW': ViewEvent;
  'event.view_miniprogram': ViewMiniprogramEvent;
  'event.scancode_push': ScancodePushEvent;
  'event.scancode_waitmsg': ScancodeWaitmsgEvent;
  'event.pic_sysphoto': PicSysphotoEvent;
  'event.pic_photo_or_album': PicPhotoOrAlbumEvent;
  'event.pic_weixin': PicWeixinEvent;
  'event.location_select': LocationSelectEvent;
  'event.guide_qrcode_scan_event': GuideQrcodeScanEvent;
  'event.debug_demo': DebugDemoEvent;
  'event.user_enter_tempsession': UserEnterTempsessionEvent;
  'event.kf_create_session': KfCreateSessionEvent;
  'event.kf_close_session': KfCloseSessionEvent;
  'event.kf_switch_session': KfSwitchSessionEvent;
  'event.subscribe_msg_popup_event': SubscribeMsgPopupEvent;
  'event.subscribe_msg_change_event': SubscribeMsgChangeEvent;
  'event.subscribe_msg_sent_event': SubscribeMsgSentEvent;
  'event.TEMPLATESENDJOBFINISH': TemplatesendjobfinishEvent;
  'event.MASSSENDJOBFINISH': MasssendjobfinishEvent;
  'event.PUBLISHJOBFINISH': PublishjobfinishEvent;
  'event.FREEPUBLISHJOBFINISH': PublishjobfinishEvent;
  'event.user_info_modified': UserInfoModifiedEvent;
  'event.user_authorization_revoke': UserAuthorizationRevokeEvent;
  'event.user_authorization_cancellation': UserAuthorizationCancellationEvent;
  'event.weapp_audit_success': WeappAuditSuccessEvent;
  'event.weapp_audit_fail': WeappAuditFailEvent;
  'event.weapp_audit_delay': WeappAuditDelayEvent;
  'event.wxa_nickname_audit': WxaNicknameAuditEvent;
  'event.wxa_category_audit': WxaCategoryAuditEvent;
  'event.wxa_privacy_apply': WxaPrivacyApplyEvent;
  'event.wxa_appeal_record': WxaAppealRecordEvent;
  'event.wxa_illegal_record': WxaIllegalRecordEvent;
  'event.wxa_trade_controlled': WxaTradeControlledEvent;
  'event.wx_verify_pay_succ': WxVerifyPaySuccEvent;
  'event.wx_verify_dispatch': WxVerifyDispatchEvent;
  'event.wx_verify_refill': WxVerifyRefillEvent;
  'event.betaapp_verify_event': BetaappVerifyEvent;
  'event.betaapp_verify_apply_event': BetaappVerifyApplyEvent;
  'event.betaapp_authorization_apply_event': BetaappAuthorizationApplyEvent;
  'event.wxa_media_check': WxaMediaCheckEvent;
  'event.wxa_comment_bad_score': WxaCommentBadScoreEvent;
  'event.charge_service_quota_notify': ChargeServiceQuotaNotifyEvent;
  'event.secvod_upload_event': SecvodUploadEvent;
  'event.secvod_audit_event': SecvodAuditEvent;
  'event.secbook_audit_event': SecbookAuditEvent;
  'event.wxalive_follow_notify': WxaliveFollowNotifyEvent;
  'event.wxalive_push_message_notify': WxalivePushMessageNotifyEvent;
  'event.xpay_goods_deliver_notify': XpayGoodsDeliverNotifyEvent;
  'event.xpay_coin_pay_notify': XpayCoinPayNotifyEvent;
  'event.xpay_refund_notify': XpayRefundNotifyEvent;
  'event.xpay_complaint_notify': XpayComplaintNotifyEvent;
  'event.xpay_wxpay_callback_notify': XpayWxpayCallbackNotifyEvent;
  'event.xpay_subscribe_ios_refund_query_notify': XpaySubscribeIosRefundQueryNotifyEvent;
  'event.xpay_subscribe_signing_result_notify': XpaySubscribeSigningResultNotifyEvent;
  'event.xpay_subscribe_pay_fail_notify': XpaySubscribePayFailNotifyEvent;
  'event.xpay_apple_subscribe_signing_result_notify': XpayAppleSubscribeSigningResultNotifyEvent;
  'event.retail_refund_notify': RetailRefundNotifyEvent;
  'event.minigame_coin_deliver_completed': MinigameCoinDeliverCompletedEvent;
  'event.minigame_game_pay_goods_deliver_notify': MinigameGamePayGoodsDeliverNotifyEvent;
  'event.minigame_h5_goods_deliver_notify': MinigameH5GoodsDeliverNotifyEvent;
  'event.minigame_deliver_h5_pay_products': MinigameH5GoodsDeliverNotifyEvent;
  'event.minigame_deliver_goods': MinigameDeliverGoodsEvent;
  'event.minigame_query_recent_role_list': MinigameQueryRecentRoleListEvent;
  'event.trade_manage_remind_access_api': TradeManageRemindAccessApiEvent;
  'event.trade_manage_remind_shipping': TradeManageRemindShippingEvent;
  'event.trade_manage_order_settlement': TradeManageOrderSettlementEvent;
  'event.complaint_callback': ComplaintCallbackEvent;
  'event.add_express_path': AddExpressPathEvent;
  'event.add_waybill': AddWaybillEvent;
  'event.cancel_waybill': CancelWaybillEvent;
  'event.check_biz': CheckBizEvent;
  'event.get_quota': GetQuotaEvent;
  'event.update_business_bind_result': UpdateBusinessBindResultEvent;
  'event.add_single_waybill': AddSingleWaybillEvent;
  'event.cancel_single_waybill': CancelSingleWaybillEvent;
  'event.query_single_waybill': QuerySingleWaybillEvent;
  'event.query_single_waybill_fee': QuerySingleWaybillFeeEvent;
  'event.remind_waybill': RemindWaybillEvent;
  'event.notify_single_waybill_pay': NotifySingleWaybillPayEvent;
  'event.waybill_complaint': WaybillComplaintEvent;
  'event.waybill_evaluate_agent': WaybillEvaluateAgentEvent;
  'event.waybill_query_expect_time_range': WaybillQueryExpectTimeRangeEvent;
  'event.update_waybill_status': UpdateWaybillStatusEvent;
  'event.transport_query_order_status': TransportQueryOrderStatusEvent;
  'event.transport_add_order': TransportAddOrderEvent;
  'event.transport_readd_order': TransportReaddOrderEvent;
  'event.transport_precreate_order': TransportPrecreateOrderEvent;
  'event.transport_add_tips': TransportAddTipsEvent;
  'event.transport_precancel_order': TransportPrecancelOrderEvent;
  'event.transport_cancel_order': TransportCancelOrderEvent;
  'event.transport_confirm_return_to_biz': TransportConfirmReturnToBizEvent;
  'event.transport_get_agent_pos': TransportGetAgentPosEvent;
  'event.transport_set_rider_score': TransportSetRiderScoreEvent;
  'event.mock_update_order_status': MockUpdateOrderStatusEvent;
  'event.get_pre_auth_code': GetPreAuthCodeEvent;
  'event.get_auth_info': GetAuthInfoEvent;
  'event.cancel_auth_account': CancelAuthAccountEvent;
  'event.qualification_verify_success': QualificationVerifySuccessEvent;
  'event.qualification_verify_fail': QualificationVerifyFailEvent;
  'event.naming_verify_success': NamingVerifySuccessEvent;
  'event.naming_verify_fail': NamingVerifyFailEvent;
  'event.annual_renew': AnnualRenewEvent;
  'event.verify_expired': VerifyExpiredEvent;
  'event.card_pass_check': CardPassCheckEvent;
  'event.card_not_pass_check': CardNotPassCheckEvent;
  'event.user_get_card': UserGetCardEvent;
  'event.user_gifting_card': UserGiftingCardEvent;
  'event.user_del_card': UserDelCardEvent;
  'event.user_consume_card': UserConsumeCardEvent;
  'event.user_pay_from_pay_cell': UserPayFromPayCellEvent;
  'event.user_view_card': UserViewCardEvent;
  'event.user_enter_session_from_card': UserEnterSessionFromCardEvent;
  'event.update_member_card': UpdateMemberCardEvent;
  'event.submit_membercard_user_info': SubmitMembercardUserInfoEvent;
  'event.card_sku_remind': CardSkuRemindEvent;
  'event.card_pay_order': CardPayOrderEvent;
  'event.card_merchant_check_result': CardMerchantCheckResultEvent;
  'event.giftcard_pay_done': GiftcardPayDoneEvent;
  'event.giftcard_send_to_friend': GiftcardSendToFriendEvent;
  'event.giftcard_user_accept': GiftcardUserAcceptEvent;
  'event.merchant_order': MerchantOrderEvent;
  'event.user_authorize_invoice': UserAuthorizeInvoiceEvent;
  'event.update_invoice_status': UpdateInvoiceStatusEvent;
  'event.submit_invoice_title': SubmitInvoiceTitleEvent;
  'event.cloud_invoice_invoiceresult_event': CloudInvoiceInvoiceresultEvent;
  'event.poi_check_notify': PoiCheckNotifyEvent;
  'event.apply_merchant_audit_info': ApplyMerchantAuditInfoEvent;
  'event.add_store_audit_info': AddStoreAuditInfoEvent;
  'event.modify_store_audit_info': ModifyStoreAuditInfoEvent;
  'event.add_nearby_poi_audit_info': AddNearbyPoiAuditInfoEvent;
  'event.nearby_category_audit_info': NearbyCategoryAuditInfoEvent;
  'event.create_map_poi_audit_info': CreateMapPoiAuditInfoEvent;
  'event.WifiConnected': WifiConnectedEvent;
  'event.ShakearoundUserShake': ShakearoundUserShakeEvent;
  'event.user_scan_product': UserScanProductEvent;
  'event.user_scan_product_enter_session': UserScanProductEnterSessionEvent;
  'event.user_scan_product_async': UserScanProductAsyncEvent;
  'event.user_scan_product_verify_action': UserScanProductVerifyActionEvent;
  'event.open_product_account_register': OpenProductAccountRegisterEvent;
  'event.open_product_category_audit': OpenProductCategoryAuditEvent;
  'event.open_product_brand_audit': OpenProductBrandAuditEvent;
  'event.open_product_scene_group_audit': OpenProductSceneGroupAuditEvent;
  'event.open_product_spu_audit': OpenProductSpuAuditEvent;
  'event.open_product_spu_status_update': OpenProductSpuStatusUpdateEvent;
  'event.open_product_order_analyze': OpenProductOrderAnalyzeEvent;
  'event.open_product_order_pay': OpenProductOrderPayEvent;
  'event.open_product_order_cancel': OpenProductOrderCancelEvent;
  'event.open_product_order_confirm': OpenProductOrderConfirmEvent;
  'event.open_product_order_refund': OpenProductOrderRefundEvent;
  'event.open_product_order_settle': OpenProductOrderSettleEvent;
  'event.open_product_receive_coupon': OpenProductReceiveCouponEvent;
  'event.open_product_order_update': OpenProductOrderUpdateEvent;
  'event.complaint_notify': ComplaintNotifyEvent;
  'event.aftersale_new_order': AftersaleNewOrderEvent;
  'event.aftersale_update_order': AftersaleUpdateOrderEvent;
  'event.aftersale_user_cancel': AftersaleUserCancelEvent;
  'event.aftersale_refund_success': AftersaleRefundSuccessEvent;
  'event.aftersale_wait_merchant_confirm_receipt': AftersaleWaitMerchantConfirmReceiptEvent;
  'event.aftersale_wait_merchant_offline_refund': AftersaleWaitMerchantOfflineRefundEvent;
  'event.aftersale_user_modify_return_info': AftersaleUserModifyReturnInfoEvent;
  'event.aftersale_user_confirm_refund_certificate': AftersaleUserConfirmRefundCertificateEvent;
  'event.aftersale_complaint_update_order_state': AftersaleComplaintUpdateOrderStateEvent;
  'event.aftersale_merchant_handle_refund_overdue': AftersaleMerchantHandleRefundOverdueEvent;
  'event.aftersale_merchant_handle_return_overdue': AftersaleMerchantHandleReturnOverdueEvent;
  'event.aftersale_merchant_confirm_receipt_overdue': AftersaleMerchantConfirmReceiptOverdueEvent;
  'event.aftersale_user_apply_platform_judge_overdue': AftersaleUserApplyPlatformJudgeOverdueEvent;
  'event.aftersale_user_upload_return_info_overdue': AftersaleUserUploadReturnInfoOverdueEvent;
  'event.funds_order_pay': FundsOrderPayEvent;
  'event.funds_order_refund': FundsOrderRefundEvent;
  'event.funds_order_profitsharing': FundsOrderProfitsharingEvent;
  'event.withdraw_notify': WithdrawNotifyEvent;
  'event.miniprogram_sharer_bind_status_change': MiniprogramSharerBindStatusChangeEvent;
  'event.miniprogram_sharer_action': MiniprogramSharerActionEvent;
  'event.channels_ec_order_new': ChannelsEcOrderNewEvent;
  'event.channels_ec_order_pay': ChannelsEcOrderPayEvent;
  'event.channels_ec_order_cancel': ChannelsEcOrderCancelEvent;
  'event.channels_ec_order_wait_shipping': ChannelsEcOrderWaitShippingEvent;
  'event.channels_ec_order_deliver': ChannelsEcOrderDeliverEvent;
  'event.channels_ec_order_confirm': ChannelsEcOrderConfirmEvent;
  'event.channels_ec_order_settle': ChannelsEcOrderSettleEvent;
  'event.channels_ec_order_ext_info_update': ChannelsEcOrderExtInfoUpdateEvent;
  'event.channels_ec_gen_order_info_init': ChannelsEcGenOrderInfoInitEvent;
  'event.channels_ec_order_unuse_vip_discount': ChannelsEcOrderUnuseVipDiscountEvent;
  'event.channels_ec_order_use_vip_discount': ChannelsEcOrderUseVipDiscountEvent;
  'event.related_shop_order_submission': RelatedShopOrderSubmissionEvent;
  'event.cooperation_shop_order': RelatedShopOrderSubmissionEvent;
  'event.channels_ec_aftersale_update': ChannelsEcAftersaleUpdateEvent;
  'event.channels_ec_present_aftersale_update': ChannelsEcPresentAftersaleUpdateEvent;
  'event.channels_ec_complaint_update': ChannelsEcComplaintUpdateEvent;
  'event.channels_ec_guarantee_update': ChannelsEcGuaranteeUpdateEvent;
  'event.product_category_audit': ProductCategoryAuditEvent;
  'event.channels_ec_brand': ChannelsEcBrandEvent;
  'event.product_spu_audit': ProductSpuAuditEvent;
  'event.product_spu_listing': ProductSpuListingEvent;
  'event.product_spu_update': ProductSpuUpdateEvent;
  'event.product_order_status_update': ProductOrderStatusUpdateEvent;
  'event.channels_ec_stock_no_enough': ChannelsEcStockNoEnoughEvent;
  'event.channels_ec_sharer_change': ChannelsEcSharerChangeEvent;
  'event.channels_ec_coupon_receive': ChannelsEcCouponReceiveEvent;
  'event.channels_ec_coupon_create': ChannelsEcCouponCreateEvent;
  'event.channels_ec_coupon_delete': ChannelsEcCouponDeleteEvent;
  'event.channels_ec_coupon_expire': ChannelsEcCouponExpireEvent;
  'event.channels_ec_coupon_info_change': ChannelsEcCouponInfoChangeEvent;
  'event.channels_ec_coupon_invalid': ChannelsEcCouponInvalidEvent;
  'event.channels_ec_user_coupon_expire': ChannelsEcUserCouponExpireEvent;
  'event.channels_ec_user_coupon_unuse': ChannelsEcUserCouponUnuseEvent;
  'event.channels_ec_user_coupon_use': ChannelsEcUserCouponUseEvent;
  'event.channels_ec_voucher_send_succ': ChannelsEcVoucherSendSuccEvent;
  'event.channels_ec_vip_join': ChannelsEcVipJoinEvent;
  'event.channels_ec_vip_close': ChannelsEcVipCloseEvent;
  'event.channels_ec_vip_grade_info_update': ChannelsEcVipGradeInfoUpdateEvent;
  'event.channels_ec_vip_score_update': ChannelsEcVipScoreUpdateEvent;
  'event.channels_ec_vip_score_exchange': ChannelsEcVipScoreExchangeEvent;
  'event.channels_ec_vip_user_info_get': ChannelsEcVipUserInfoGetEvent;
  'event.channels_ec_vip_user_auto_add': ChannelsEcVipUserAutoAddEvent;
  'event.channels_ec_acct_notify': ChannelsEcAcctNotifyEvent;
  'event.channels_ec_withdraw_notify': ChannelsEcWithdrawNotifyEvent;
  'event.qrcode_status': QrcodeStatusEvent;
  'event.channels_ec_change_status': ChannelsEcChangeStatusEvent;
  'event.channels_ec_close_store': ChannelsEcCloseStoreEvent;
  'event.set_shop_nickname': SetShopNicknameEvent;
  'event.set_shop_headimg': SetShopHeadimgEvent;
  'event.api_diff': ApiDiffEvent;
  'event.commkf_send_msg_to_kf': CommkfSendMsgToKfEvent;
  'event.ewaybill_push_path': EwaybillPushPathEvent;
  'event.dropship_order_new': DropshipOrderNewEvent;
  'event.dropship_order_cancel': DropshipOrderCancelEvent;
  'event.dropship_order_update': DropshipOrderUpdateEvent;
  'event.cancel_comember': CancelComemberEvent;
  'event.head_supplier_item_update': HeadSupplierItemUpdateEvent;
  'event.head_supplier_commission_order_update': HeadSupplierCommissionOrderUpdateEvent;
  'event.head_supplier_subscribe_product_baseinfo_update': HeadSupplierSubscribeProductBaseinfoUpdateEvent;
  'event.head_supplier_subscribe_product_planinfo_update': HeadSupplierSubscribeProductPlaninfoUpdateEvent;
  'event.talent_window_cancel_auth': TalentWindowCancelAuthEvent;
  'event.promoter_bind_result': PromoterBindResultEvent;
  'event.ec_supplier_product_update': EcSupplierProductUpdateEvent;
  'event.ec_supplier_invite_relation': EcSupplierInviteRelationEvent;

  info: AnyInfo;
  'info.component_verify_ticket': ComponentVerifyTicketInfo;
  'info.authorized': AuthorizedInfo;
  'info.updateauthorized': UpdateauthorizedInfo;
  'info.unauthorized': UnauthorizedInfo;
  'info.notify_third_fasteregister': NotifyThirdFasteregisterInfo;
  'info.notify_third_fastregisterbetaapp': NotifyThirdFastregisterbetaappInfo;
  'info.notify_third_fastverifybetaapp': NotifyThirdFastverifybetaappInfo;
  'info.notify_3rd_wxa_auth': Notify3rdWxaAuthInfo;
  'info.notify_3rd_wxa_wxverify': Notify3rdWxaWxverifyInfo;
  'info.notify_apply_icpfiling_result': NotifyApplyIcpfilingResultInfo;
  'info.notify_icpfiling_verify_result': NotifyIcpfilingVerifyResultInfo;
  'info.notify_3rd_wxa_auth_and_icp': Notify3rdWxaAuthAndIcpInfo;
  'info.order_path_apply_result_notify': OrderPathApplyResultNotifyInfo;
  'info.order_path_audit_result_notify': OrderPathAuditResultNotifyInfo;

  default: PushMessage;
}

/** What every message from a member to an application of WeCom carries, and every event. */
export interface WeComSentMessage {
  InfoType?: undefined;
  /** The CorpID. */
  ToUserName: string;
  /** The member's UserID, or `sys`; `kf_msg_or_event` comes without it. */
  FromUserName: string;
  /** Seconds since 1970. */
  CreateTime: number;
  /** What is not listed comes through as it was sent. */
  [field: string]: unknown;
}

/** What every message from a member carries. */
export interface WeComUserMessage extends WeComSentMessage {
  MsgType: string;
  Event?: undefined;
  ChangeType?: undefined;
  /** A 64-bit number, as a string. */
  MsgId: string;
  /** Which application it was sent to. */
  AgentID: number;
}

/** What every event carries. */
export interface WeComEventMessage extends WeComSentMessage {
  MsgType: 'event';
  Event: string;
  /** What changed. */
  ChangeType?: string;
}

/** What every push to the instruction callback (指令回调) of a provider's application carries. */
export interface WeComInfoMessage {
  MsgType?: undefined;
  Event?: undefined;
  InfoType: string;
  /** What changed. */
  ChangeType?: string;
  ToUserName?: undefined;
  FromUserName?: undefined;
  CreateTime?: undefined;
  /** The SuiteID; pushes to the provider itself have `ServiceCorpId` in its place. */
  SuiteId?: string;
  /** The company that authorised the suite, where the push is about one. */
  AuthCorpId?: string;
  /** Seconds since 1970. */
  TimeStamp: number;
  /** What is not listed comes through as it was sent. */
  [field: string]: unknown;
}

/** A member sends a text to the application. `text` */
export interface WeComTextMessage extends WeComUserMessage {
  MsgType: 'text';

  Content: string;
  MsgId: string;
  AgentID: number;
}

/** A member sends a picture. `image` */
export interface WeComImageMessage extends WeComUserMessage {
  MsgType: 'image';

  PicUrl: string;
  MediaId: string;
  MsgId: string;
  AgentID: number;
}

/** A member sends a voice message. `voice` */
export interface WeComVoiceMessage extends WeComUserMessage {
  MsgType: 'voice';

  MediaId: string;
  Format: string;
  MsgId: string;
  AgentID: number;
}

/** A member sends a video. `video` */
export interface WeComVideoMessage extends WeComUserMessage {
  MsgType: 'video';

  MediaId: string;
  ThumbMediaId: string;
  MsgId: string;
  AgentID: number;
}

/** A member sends a place. `location` */
export interface WeComLocationMessage extends WeComUserMessage {
  MsgType: 'location';

  Location_X: string;
  Location_Y: string;
  Scale: number;
  Label: string;
  AppType?: string;
  MsgId: string;
  AgentID: number;
}

/** A member sends a link. `link` */
export interface WeComLinkMessage extends WeComUserMessage {
  MsgType: 'link';

  Title: string;
  Description: string;
  Url: string;
  PicUrl: string;
  MsgId: string;
  AgentID: number;
}

/** A member enters the visible range of the application. `subscribe` */
export interface WeComSubscribeEvent extends WeComEventMessage {
  Event: 'subscribe';
  ChangeType?: undefined;
  EventKey?: string;
  AgentID: number;
}

/** A member leaves the visible range of the application. `unsubscribe` */
export interface WeComUnsubscribeEvent extends WeComEventMessage {
  Event: 'unsubscribe';
  ChangeType?: undefined;
  EventKey?: string;
  AgentID: number;
}

/** A member opens the application. `enter_agent` */
export interface WeComEnterAgentEvent extends WeComEventMessage {
  Event: 'enter_agent';
  ChangeType?: undefined;
  EventKey?: string;
  AgentID: number;
}

/** The location of a member is reported, when the application is opened or regularly. `LOCATION` */
export interface WeComLocationEvent extends WeComEventMessage {
  Event: 'LOCATION';
  ChangeType?: undefined;
  Latitude: string;
  Longitude: string;
  Precision: string;
  AgentID: number;
  AppType?: string;
}

/** An asynchronous job of the contacts is done. `batch_job_result` */
export interface WeComBatchJobResultEvent extends WeComEventMessage {
  Event: 'batch_job_result';
  ChangeType?: undefined;
  BatchJob: {
    JobId: string;
    JobType: string;
    ErrCode: number;
    ErrMsg: string;
  };
}

/** A member taps a menu item of the type click. `click` */
export interface WeComClickEvent extends WeComEventMessage {
  Event: 'click';
  ChangeType?: undefined;
  EventKey: string;
  AgentID: number;
}

/** A member taps a menu item that opens a page. `view` */
export interface WeComViewEvent extends WeComEventMessage {
  Event: 'view';
  ChangeType?: undefined;
  EventKey: string;
  AgentID: number;
}

/** A member taps a menu item that opens a mini program. `view_miniprogram` */
export interface WeComViewMiniprogramEvent extends WeComEventMessage {
  Event: 'view_miniprogram';
  ChangeType?: undefined;
  EventKey: string;
  AgentID: number;
}

/** A member scans a code from the menu, and the page opens. `scancode_push` */
export interface WeComScancodePushEvent extends WeComEventMessage {
  Event: 'scancode_push';
  ChangeType?: undefined;
  EventKey: string;
  ScanCodeInfo: {
    ScanType: string;
    ScanResult: string;
  };
  AgentID: number;
}

/** A member scans a code from the menu and waits for a reply. `scancode_waitmsg` */
export interface WeComScancodeWaitmsgEvent extends WeComEventMessage {
  Event: 'scancode_waitmsg';
  ChangeType?: undefined;
  EventKey: string;
  ScanCodeInfo: {
    ScanType: string;
    ScanResult: string;
  };
  AgentID: number;
}

/** A member takes photos from the menu; the pictures follow as messages. `pic_sysphoto` */
export interface WeComPicSysphotoEvent extends WeComEventMessage {
  Event: 'pic_sysphoto';
  ChangeType?: undefined;
  EventKey: string;
  SendPicsInfo: {
    Count: number;
    PicList: {
      item: {
        PicMd5Sum: string;
      }[];
    };
  };
  AgentID: number;
}

/** A member takes or picks photos from the menu; the pictures follow as messages. `pic_photo_or_album` */
export interface WeComPicPhotoOrAlbumEvent extends WeComEventMessage {
  Event: 'pic_photo_or_album';
  ChangeType?: undefined;
  EventKey: string;
  SendPicsInfo: {
    Count: number;
    PicList: {
      item: {
        PicMd5Sum: string;
      }[];
    };
  };
  AgentID: number;
}

/** A member picks photos from the menu; the pictures follow as messages. `pic_weixin` */
export interface WeComPicWeixinEvent extends WeComEventMessage {
  Event: 'pic_weixin';
  ChangeType?: undefined;
  EventKey: string;
  SendPicsInfo: {
    Count: number;
    PicList: {
      item: {
        PicMd5Sum: string;
      }[];
    };
  };
  AgentID: number;
}

/** A member picks a place from the menu; the place follows as a message. `location_select` */
export interface WeComLocationSelectEvent extends WeComEventMessage {
  Event: 'location_select';
  ChangeType?: undefined;
  EventKey: string;
  SendLocationInfo: {
    Location_X: string;
    Location_Y: string;
    Scale: number;
    Label: string;
    Poiname: string;
  };
  AgentID: number;
  AppType?: string;
}

/** The state of an approval that the application started changes. `open_approval_change` */
export interface WeComOpenApprovalChangeEvent extends WeComEventMessage {
  Event: 'open_approval_change';
  ChangeType?: undefined;
  AgentID: number;
  ApprovalInfo: {
    ThirdNo: string;
    OpenSpName: string;
    OpenTemplateId: string;
    OpenSpStatus: number;
    ApplyTime: number;
    ApplyUserName: string;
    ApplyUserId: string;
    ApplyUserParty: string;
    ApplyUserImage: string;
    ApprovalNodes: {
      ApprovalNode: {
        NodeStatus: number;
        NodeAttr: number;
        NodeType: number;
        Items: {
          Item: {
            ItemName: string;
            ItemUserId: string;
            ItemParty?: string;
            ItemImage: string;
            ItemStatus: number;
            ItemSpeech: string;
            ItemOpTime: number;
          }[];
        };
      }[];
    };
    NotifyNodes: {
      NotifyNode: {
        ItemName: string;
        ItemUserId: string;
        ItemParty?: string;
        ItemImage: string;
      }[];
    };
    approverstep: number;
  };
}

/** The state of an approval of the approval application changes. `sys_approval_change` */
export interface WeComSysApprovalChangeEvent extends WeComEventMessage {
  Event: 'sys_approval_change';
  ChangeType?: undefined;
  AgentID: number;
  ApprovalInfo: {
    SpNo: string;
    SpName: string;
    SpStatus: number;
    TemplateId: string;
    ApplyTime: number;
    Applyer: {
      UserId: string;
      Party: string;
    };
    SpRecord: {
      SpStatus: number;
      ApproverAttr: number;
      Details: {
        Approver: {
          UserId: string;
        };
        Speech: string;
        SpStatus: number;
        SpTime: number;
      }[];
    }[];
    Notifyer: {
      UserId: string;
    }[];
    ProcessList?: {
      NodeList: {
        NodeType: number;
        SpStatus: number;
        ApvRel: number;
        SubNodeList: {
          UserInfo: {
            UserId: string;
          };
          Speech: string;
          SpYj: number;
          Sptime: number;
        }[];
      }[];
    };
    Comments?: {
      CommentUserInfo: {
        UserId: string;
      };
      CommentTime: number;
      CommentContent: string;
      CommentId: string;
    }[];
    StatuChangeEvent: number;
  };
}

/** Applications shared with companies down the chain change. `share_agent_change` */
export interface WeComShareAgentChangeEvent extends WeComEventMessage {
  Event: 'share_agent_change';
  ChangeType?: undefined;
  AgentID: number;
}

/** Applications shared along a chain of companies change. `share_chain_change` */
export interface WeComShareChainChangeEvent extends WeComEventMessage {
  Event: 'share_chain_change';
  ChangeType?: undefined;
  AgentID: number;
}

/** A member clicks a button of a template card, or submits a choice. `template_card_event` */
export interface WeComTemplateCardEvent extends WeComEventMessage {
  Event: 'template_card_event';
  ChangeType?: undefined;
  EventKey: string;
  TaskId: string;
  CardType: string;
  ResponseCode: string;
  AgentID: number;
  SelectedItems?: {
    SelectedItem: {
      QuestionKey: string;
      OptionIds: {
        OptionId: string[];
      };
    }[];
  };
}

/** A member clicks the menu in the corner of a template card. `template_card_menu_event` */
export interface WeComTemplateCardMenuEvent extends WeComEventMessage {
  Event: 'template_card_menu_event';
  ChangeType?: undefined;
  EventKey: string;
  TaskId: string;
  CardType: string;
  ResponseCode: string;
  AgentID: number;
}

/** A member clicks a button of a task card, the form before template cards. `taskcard_click` */
export interface WeComTaskcardClickEvent extends WeComEventMessage {
  Event: 'taskcard_click';
  ChangeType?: undefined;
  EventKey: string;
  TaskId: string;
  AgentID: number;
}

/** The application is about to be stopped, as nobody uses it. `inactive_alert` */
export interface WeComInactiveAlertEvent extends WeComEventMessage {
  Event: 'inactive_alert';
  ChangeType?: undefined;
  AgentID: number;
  EffectTime: number;
}

/** The application is about to be rated as little used. `low_active_alert` */
export interface WeComLowActiveAlertEvent extends WeComEventMessage {
  Event: 'low_active_alert';
  ChangeType?: undefined;
  AgentID: number;
  EffectTime: number;
}

/** The application was stopped, as nobody uses it. `close_inactive_agent` */
export interface WeComCloseInactiveAgentEvent extends WeComEventMessage {
  Event: 'close_inactive_agent';
  ChangeType?: undefined;
  AgentID: number;
}

/** The application is in use again. `reopen_inactive_agent` */
export interface WeComReopenInactiveAgentEvent extends WeComEventMessage {
  Event: 'reopen_inactive_agent';
  ChangeType?: undefined;
  AgentID: number;
}

/** The application is rated as little used. `low_active` */
export interface WeComLowActiveEvent extends WeComEventMessage {
  Event: 'low_active';
  ChangeType?: undefined;
  AgentID: number;
}

/** The application is no longer rated as little used. `active_restored` */
export interface WeComActiveRestoredEvent extends WeComEventMessage {
  Event: 'active_restored';
  ChangeType?: undefined;
  AgentID: number;
}

/** A member is created; what the application may not see is left out. `change_contact`, `create_user` */
export interface WeComChangeContactCreateUserEvent extends WeComEventMessage {
  Event: 'change_contact';
  ChangeType: 'create_user';
  UserID: string;
  Name?: string;
  Department?: string;
  MainDepartment?: number;
  IsLeaderInDept?: string;
  DirectLeader?: string;
  Position?: string;
  Mobile?: string;
  Gender?: number;
  Email?: string;
  BizMail?: string;
  Status?: number;
  Avatar?: string;
  Alias?: string;
  Telephone?: string;
  Address?: string;
  ExtAttr?: {
    Item: {
      Name: string;
      Type: number;
      Text?: {
        Value: string;
      };
      Web?: {
        Title: string;
        Url: string;
      };
    }[];
  };
}

/** A member changes; only what changed is there. `change_contact`, `update_user` */
export interface WeComChangeContactUpdateUserEvent extends WeComEventMessage {
  Event: 'change_contact';
  ChangeType: 'update_user';
  UserID: string;
  NewUserID?: string;
  Name?: string;
  Department?: string;
  MainDepartment?: number;
  IsLeaderInDept?: string;
  DirectLeader?: string;
  Position?: string;
  Mobile?: string;
  Gender?: number;
  Email?: string;
  BizMail?: string;
  Status?: number;
  Avatar?: string;
  Alias?: string;
  Telephone?: string;
  Address?: string;
  ExtAttr?: {
    Item: {
      Name: string;
      Type: number;
      Text?: {
        Value: string;
      };
      Web?: {
        Title: string;
        Url: string;
      };
    }[];
  };
}

/** A member is deleted. `change_contact`, `delete_user` */
export interface WeComChangeContactDeleteUserEvent extends WeComEventMessage {
  Event: 'change_contact';
  ChangeType: 'delete_user';
  UserID: string;
}

/** A department is created. `change_contact`, `create_party` */
export interface WeComChangeContactCreatePartyEvent extends WeComEventMessage {
  Event: 'change_contact';
  ChangeType: 'create_party';
  Id: number;
  Name: string;
  ParentId: number;
  Order?: number;
}

/** A department changes; only what changed is there. `change_contact`, `update_party` */
export interface WeComChangeContactUpdatePartyEvent extends WeComEventMessage {
  Event: 'change_contact';
  ChangeType: 'update_party';
  Id: number;
  Name?: string;
  ParentId?: number;
}

/** A department is deleted. `change_contact`, `delete_party` */
export interface WeComChangeContactDeletePartyEvent extends WeComEventMessage {
  Event: 'change_contact';
  ChangeType: 'delete_party';
  Id: number;
}

/** Members or departments are added to a tag or removed from it. `change_contact`, `update_tag` */
export interface WeComChangeContactUpdateTagEvent extends WeComEventMessage {
  Event: 'change_contact';
  ChangeType: 'update_tag';
  TagId: number;
  AddUserItems?: string;
  DelUserItems?: string;
  AddPartyItems?: string;
  DelPartyItems?: string;
}

/** A member adds a customer. `change_external_contact`, `add_external_contact` */
export interface WeComChangeExternalContactAddExternalContactEvent extends WeComEventMessage {
  Event: 'change_external_contact';
  ChangeType: 'add_external_contact';
  UserID: string;
  ExternalUserID: string;
  State?: string;
  WelcomeCode?: string;
}

/** A customer adds a member who need not confirm, and the member has not replied yet. `change_external_contact`, `add_half_external_contact` */
export interface WeComChangeExternalContactAddHalfExternalContactEvent extends WeComEventMessage {
  Event: 'change_external_contact';
  ChangeType: 'add_half_external_contact';
  UserID: string;
  ExternalUserID: string;
  State?: string;
  WelcomeCode?: string;
}

/** A member edits the remark or the tags of a customer. `change_external_contact`, `edit_external_contact` */
export interface WeComChangeExternalContactEditExternalContactEvent extends WeComEventMessage {
  Event: 'change_external_contact';
  ChangeType: 'edit_external_contact';
  UserID: string;
  ExternalUserID: string;
}

/** A member deletes a customer. `change_external_contact`, `del_external_contact` */
export interface WeComChangeExternalContactDelExternalContactEvent extends WeComEventMessage {
  Event: 'change_external_contact';
  ChangeType: 'del_external_contact';
  UserID: string;
  ExternalUserID: string;
  Source?: string;
}

/** A customer deletes a member. `change_external_contact`, `del_follow_user` */
export interface WeComChangeExternalContactDelFollowUserEvent extends WeComEventMessage {
  Event: 'change_external_contact';
  ChangeType: 'del_follow_user';
  UserID: string;
  ExternalUserID: string;
}

/** A customer could not be handed over to another member. `change_external_contact`, `transfer_fail` */
export interface WeComChangeExternalContactTransferFailEvent extends WeComEventMessage {
  Event: 'change_external_contact';
  ChangeType: 'transfer_fail';
  FailReason: string;
  UserID: string;
  ExternalUserID: string;
}

/** A customer agrees to the archive of chats. `change_external_contact`, `msg_audit_approved` */
export interface WeComChangeExternalContactMsgAuditApprovedEvent extends WeComEventMessage {
  Event: 'change_external_contact';
  ChangeType: 'msg_audit_approved';
  UserID: string;
  ExternalUserID: string;
  WelcomeCode?: string;
}

/** A group with customers is created. `change_external_chat`, `create` */
export interface WeComChangeExternalChatCreateEvent extends WeComEventMessage {
  Event: 'change_external_chat';
  ChangeType: 'create';
  ChatId: string;
}

/** A group with customers changes. `change_external_chat`, `update` */
export interface WeComChangeExternalChatUpdateEvent extends WeComEventMessage {
  Event: 'change_external_chat';
  ChangeType: 'update';
  ChatId: string;
  UpdateDetail: string;
  JoinScene?: number;
  QuitScene?: number;
  MemChangeCnt?: number;
  MemChangeList?: {
    Item: string[];
  };
  LastMemVer?: string;
  CurMemVer?: string;
}

/** A group with customers is dissolved. `change_external_chat`, `dismiss` */
export interface WeComChangeExternalChatDismissEvent extends WeComEventMessage {
  Event: 'change_external_chat';
  ChangeType: 'dismiss';
  ChatId: string;
}

/** A tag for customers, or a group of tags, is created. `change_external_tag`, `create` */
export interface WeComChangeExternalTagCreateEvent extends WeComEventMessage {
  Event: 'change_external_tag';
  ChangeType: 'create';
  Id: string;
  TagType: string;
  StrategyId?: number;
}

/** A tag for customers, or a group of tags, changes. `change_external_tag`, `update` */
export interface WeComChangeExternalTagUpdateEvent extends WeComEventMessage {
  Event: 'change_external_tag';
  ChangeType: 'update';
  Id: string;
  TagType: string;
  StrategyId?: number;
}

/** A tag for customers, or a group of tags, is deleted. `change_external_tag`, `delete` */
export interface WeComChangeExternalTagDeleteEvent extends WeComEventMessage {
  Event: 'change_external_tag';
  ChangeType: 'delete';
  Id: string;
  TagType: string;
  StrategyId?: number;
}

/** Tags for customers are put in another order. `change_external_tag`, `shuffle` */
export interface WeComChangeExternalTagShuffleEvent extends WeComEventMessage {
  Event: 'change_external_tag';
  ChangeType: 'shuffle';
  Id?: string;
  StrategyId?: number;
}

/** The quota of customer acquisition links runs low. `customer_acquisition`, `balance_low` */
export interface WeComCustomerAcquisitionBalanceLowEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'balance_low';
}

/** The quota of customer acquisition links is used up. `customer_acquisition`, `balance_exhausted` */
export interface WeComCustomerAcquisitionBalanceExhaustedEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'balance_exhausted';
}

/** The quota of customer acquisition links was raised. `customer_acquisition`, `balance_increased` */
export interface WeComCustomerAcquisitionBalanceIncreasedEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'balance_increased';
}

/** A part of the quota expires in 14, 7, 3, 2 or 1 days. `customer_acquisition`, `quota_expire_soon` */
export interface WeComCustomerAcquisitionQuotaExpireSoonEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'quota_expire_soon';
  ExpireTime: number;
  ExpireQuotaNum: number;
}

/** A customer acquisition link stops working. `customer_acquisition`, `link_unavailable` */
export interface WeComCustomerAcquisitionLinkUnavailableEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'link_unavailable';
  LinkId: string;
}

/** A customer acquisition link is deleted. `customer_acquisition`, `delete_link` */
export interface WeComCustomerAcquisitionDeleteLinkEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'delete_link';
  LinkId: string;
}

/** Somebody opens the profile behind a link. `customer_acquisition`, `open_profile` */
export interface WeComCustomerAcquisitionOpenProfileEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'open_profile';
  LinkId: string;
  State?: string;
}

/** Somebody asks to be added by way of a link. `customer_acquisition`, `friend_request` */
export interface WeComCustomerAcquisitionFriendRequestEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'friend_request';
  LinkId: string;
  State?: string;
}

/** A customer who came by a link writes for the first time. `customer_acquisition`, `customer_start_chat` */
export interface WeComCustomerAcquisitionCustomerStartChatEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'customer_start_chat';
  UserID: string;
  ExternalUserID: string;
  LinkId: string;
  State?: string;
}

/** A customer who came by a link deletes the member. `customer_acquisition`, `del_follow_user` */
export interface WeComCustomerAcquisitionDelFollowUserEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'del_follow_user';
  UserID: string;
  ExternalUserID: string;
  LinkId: string;
  State?: string;
}

/** A customer who came by a link writes. `customer_acquisition`, `message_from_customer` */
export interface WeComCustomerAcquisitionMessageFromCustomerEvent extends WeComEventMessage {
  Event: 'customer_acquisition';
  ChangeType: 'message_from_customer';
  LinkId: string;
  State?: string;
  ChatKey: string;
}

/** Messages or events wait at the customer service (微信客服): fetch them by sync_msg. `kf_msg_or_event` */
export interface WeComKfMsgOrEvent extends WeComEventMessage {
  Event: 'kf_msg_or_event';
  ChangeType?: undefined;
  Token: string;
  OpenKfId: string;
}

/** The accounts of the customer service that may be managed change. `kf_account_auth_change` */
export interface WeComKfAccountAuthChangeEvent extends WeComEventMessage {
  Event: 'kf_account_auth_change';
  ChangeType?: undefined;
  AuthAddOpenKfId?: string[];
  AuthDelOpenKfId?: string[];
}

/** A live stream is booked, begins, ends or is cancelled. `living_status_change` */
export interface WeComLivingStatusChangeEvent extends WeComEventMessage {
  Event: 'living_status_change';
  ChangeType?: undefined;
  LivingId: string;
  Status: number;
  AgentID: number;
}

/** The archive of chats has new messages: fetch them by its SDK. `msgaudit_notify` */
export interface WeComMsgauditNotifyEvent extends WeComEventMessage {
  Event: 'msgaudit_notify';
  ChangeType?: undefined;
  AgentID: number;
}

/** A chain of companies is created. `change_chain`, `create_chain` */
export interface WeComChangeChainCreateChainEvent extends WeComEventMessage {
  Event: 'change_chain';
  ChangeType: 'create_chain';
  ChainId?: string;
  GroupIds?: {
    GroupId: string[];
  };
  CorpIds?: {
    CorpId: string[];
  };
}

/** A chain of companies changes. `change_chain`, `change_chain` */
export interface WeComChangeChainChangeChainEvent extends WeComEventMessage {
  Event: 'change_chain';
  ChangeType: 'change_chain';
  ChainId?: string;
  GroupIds?: {
    GroupId: string[];
  };
  CorpIds?: {
    CorpId: string[];
  };
}

/** A group of a chain is created. `change_chain`, `create_group` */
export interface WeComChangeChainCreateGroupEvent extends WeComEventMessage {
  Event: 'change_chain';
  ChangeType: 'create_group';
  ChainId?: string;
  GroupIds?: {
    GroupId: string[];
  };
  CorpIds?: {
    CorpId: string[];
  };
}

/** A group of a chain changes. `change_chain`, `update_group` */
export interface WeComChangeChainUpdateGroupEvent extends WeComEventMessage {
  Event: 'change_chain';
  ChangeType: 'update_group';
  ChainId?: string;
  GroupIds?: {
    GroupId: string[];
  };
  CorpIds?: {
    CorpId: string[];
  };
}

/** A group of a chain is deleted. `change_chain`, `delete_group` */
export interface WeComChangeChainDeleteGroupEvent extends WeComEventMessage {
  Event: 'change_chain';
  ChangeType: 'delete_group';
  ChainId?: string;
  GroupIds?: {
    GroupId: string[];
  };
  CorpIds?: {
    CorpId: string[];
  };
}

/** A chain of companies is imported. `change_chain`, `import_chain` */
export interface WeComChangeChainImportChainEvent extends WeComEventMessage {
  Event: 'change_chain';
  ChangeType: 'import_chain';
  ChainId?: string;
  GroupIds?: {
    GroupId: string[];
  };
  CorpIds?: {
    CorpId: string[];
  };
}

/** Companies are removed from a chain. `change_chain`, `remove_corp` */
export interface WeComChangeChainRemoveCorpEvent extends WeComEventMessage {
  Event: 'change_chain';
  ChangeType: 'remove_corp';
  ChainId?: string;
  GroupIds?: {
    GroupId: string[];
  };
  CorpIds?: {
    CorpId: string[];
  };
}

/** A student is created. `change_school_contact`, `create_student` */
export interface WeComChangeSchoolContactCreateStudentEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'create_student';
  Id: string;
}

/** A student changes. `change_school_contact`, `update_student` */
export interface WeComChangeSchoolContactUpdateStudentEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'update_student';
  Id: string;
}

/** A student is deleted. `change_school_contact`, `delete_student` */
export interface WeComChangeSchoolContactDeleteStudentEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'delete_student';
  Id: string;
}

/** A parent is created. `change_school_contact`, `create_parent` */
export interface WeComChangeSchoolContactCreateParentEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'create_parent';
  Id: string;
}

/** A parent changes. `change_school_contact`, `update_parent` */
export interface WeComChangeSchoolContactUpdateParentEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'update_parent';
  Id: string;
}

/** A parent is deleted. `change_school_contact`, `delete_parent` */
export interface WeComChangeSchoolContactDeleteParentEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'delete_parent';
  Id: string;
}

/** A parent follows the school. `change_school_contact`, `subscribe` */
export interface WeComChangeSchoolContactSubscribeEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'subscribe';
  Id: string;
}

/** A parent no longer follows the school. `change_school_contact`, `unsubscribe` */
export interface WeComChangeSchoolContactUnsubscribeEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'unsubscribe';
  Id: string;
}

/** A department of the school is created (spelt so). `change_school_contact`, `create_deparmtment` */
export interface WeComChangeSchoolContactCreateDeparmtmentEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'create_deparmtment';
  Id: string;
}

/** A department of the school changes (spelt so). `change_school_contact`, `update_deparmtment` */
export interface WeComChangeSchoolContactUpdateDeparmtmentEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'update_deparmtment';
  Id: string;
}

/** A department of the school is deleted (spelt so). `change_school_contact`, `delete_deparmtment` */
export interface WeComChangeSchoolContactDeleteDeparmtmentEvent extends WeComEventMessage {
  Event: 'change_school_contact';
  ChangeType: 'delete_deparmtment';
  Id: string;
}

/** A calendar changes. `modify_calendar` */
export interface WeComModifyCalendarEvent extends WeComEventMessage {
  Event: 'modify_calendar';
  ChangeType?: undefined;
  CalId: string;
}

/** A calendar is deleted. `delete_calendar` */
export interface WeComDeleteCalendarEvent extends WeComEventMessage {
  Event: 'delete_calendar';
  ChangeType?: undefined;
  CalId: string;
}

/** A schedule is added. `add_schedule` */
export interface WeComAddScheduleEvent extends WeComEventMessage {
  Event: 'add_schedule';
  ChangeType?: undefined;
  CalId: string;
  ScheduleId: string;
}

/** A schedule changes. `modify_schedule` */
export interface WeComModifyScheduleEvent extends WeComEventMessage {
  Event: 'modify_schedule';
  ChangeType?: undefined;
  CalId: string;
  ScheduleId: string;
}

/** A schedule is deleted. `delete_schedule` */
export interface WeComDeleteScheduleEvent extends WeComEventMessage {
  Event: 'delete_schedule';
  ChangeType?: undefined;
  CalId: string;
  ScheduleId: string;
}

/** Somebody answers an invitation to a schedule. `respond_schedule` */
export interface WeComRespondScheduleEvent extends WeComEventMessage {
  Event: 'respond_schedule';
  ChangeType?: undefined;
  CalId: string;
  ScheduleId: string;
}

/** A meeting room is booked. `book_meeting_room` */
export interface WeComBookMeetingRoomEvent extends WeComEventMessage {
  Event: 'book_meeting_room';
  ChangeType?: undefined;
  MeetingRoomId: number;
  MeetingId?: string;
}

/** The booking of a meeting room is cancelled. `cancel_meeting_room` */
export interface WeComCancelMeetingRoomEvent extends WeComEventMessage {
  Event: 'cancel_meeting_room';
  ChangeType?: undefined;
  MeetingRoomId: number;
  MeetingId?: string;
}

/** A meeting changes. `meeting_change` */
export interface WeComMeetingChangeEvent extends WeComEventMessage {
  Event: 'meeting_change';

  MeetingId?: string;
}

/** The statistics of a meeting are there. `meeting_statistics` */
export interface WeComMeetingStatisticsEvent extends WeComEventMessage {
  Event: 'meeting_statistics';
  ChangeType?: undefined;
  MeetingId?: string;
}

/** Documents or forms change. `doc_change` */
export interface WeComDocChangeEvent extends WeComEventMessage {
  Event: 'doc_change';

  DocId?: string[];
  FormId?: string[];
}

/** A smart sheet changes. `smart_sheet_change` */
export interface WeComSmartSheetChangeEvent extends WeComEventMessage {
  Event: 'smart_sheet_change';

  DocId?: string;
  SheetId?: string;
  FieldId?: string[];
  RecordId?: string[];
}

/** The drive runs out of space. `wedrive_insufficient_capacity` */
export interface WeComWedriveInsufficientCapacityEvent extends WeComEventMessage {
  Event: 'wedrive_insufficient_capacity';

  SpaceId?: string[];
  FileId?: string;
}

/** A space of the drive changes. `wedrive_space_change` */
export interface WeComWedriveSpaceChangeEvent extends WeComEventMessage {
  Event: 'wedrive_space_change';

  SpaceId?: string[];
  FileId?: string;
}

/** A file of the drive changes. `wedrive_file_change` */
export interface WeComWedriveFileChangeEvent extends WeComEventMessage {
  Event: 'wedrive_file_change';

  SpaceId?: string[];
  FileId?: string;
}

/** Mail arrives at the address of the application. `app_email_change` */
export interface WeComAppEmailChangeEvent extends WeComEventMessage {
  Event: 'app_email_change';
  ChangeType?: undefined;
  AgentID?: number;
  Amount: number;
}

/** An asynchronous upload is done. `upload_media_job_finish` */
export interface WeComUploadMediaJobFinishEvent extends WeComEventMessage {
  Event: 'upload_media_job_finish';
  ChangeType?: undefined;
  JobId: string;
}

/** The addresses of WeCom change. `security`, `change_domain_ip` */
export interface WeComSecurityChangeDomainIpEvent extends WeComEventMessage {
  Event: 'security';
  ChangeType: 'change_domain_ip';
}

/** The application is shown in another way on the workbench. `switch_workbench_mode` */
export interface WeComSwitchWorkbenchModeEvent extends WeComEventMessage {
  Event: 'switch_workbench_mode';
  ChangeType?: undefined;
  AgentID?: number;
  Mode: number;
}

/** Somebody applies for a VIP account. `submit_vip_account_approval` */
export interface WeComSubmitVipAccountApprovalEvent extends WeComEventMessage {
  Event: 'submit_vip_account_approval';
  ChangeType?: undefined;
  AgentID?: number;
}

/** An application for a VIP account is decided. `finish_vip_account_approval` */
export interface WeComFinishVipAccountApprovalEvent extends WeComEventMessage {
  Event: 'finish_vip_account_approval';
  ChangeType?: undefined;
  AgentID?: number;
}

/** A member without a licence uses the application. `unlicensed_notify` */
export interface WeComUnlicensedNotifyEvent extends WeComEventMessage {
  Event: 'unlicensed_notify';
  ChangeType?: undefined;
  AgentID?: number;
}

/** The administrators of the application change. `change_app_admin` */
export interface WeComChangeAppAdminEvent extends WeComEventMessage {
  Event: 'change_app_admin';
  ChangeType?: undefined;
  AgentID?: number;
}

/** A program of data and intelligence (数据与智能专区) sends a notice. `program_notify` */
export interface WeComProgramNotifyEvent extends WeComEventMessage {
  Event: 'program_notify';
  ChangeType?: undefined;
  NotifyId: string;
  NotifyScene?: string;
}

/** The ticket of the suite is renewed, every ten minutes. `suite_ticket` */
export interface WeComSuiteTicketInfo extends WeComInfoMessage {
  InfoType: 'suite_ticket';
  ChangeType?: undefined;
  SuiteTicket: string;
}

/** A company authorises the suite; answer within a second, and fetch the permanent code afterwards. `create_auth` */
export interface WeComCreateAuthInfo extends WeComInfoMessage {
  InfoType: 'create_auth';
  ChangeType?: undefined;
  AuthCode: string;
  State?: string;
}

/** A company changes what it authorised. `change_auth` */
export interface WeComChangeAuthInfo extends WeComInfoMessage {
  InfoType: 'change_auth';
  ChangeType?: undefined;
  AuthCorpId: string;
  State?: string;
}

/** A company takes the authorisation back. `cancel_auth` */
export interface WeComCancelAuthInfo extends WeComInfoMessage {
  InfoType: 'cancel_auth';
  ChangeType?: undefined;
  AuthCorpId: string;
}

/** The permanent code of an application made on behalf of a company was reset. `reset_permanent_code` */
export interface WeComResetPermanentCodeInfo extends WeComInfoMessage {
  InfoType: 'reset_permanent_code';
  ChangeType?: undefined;
  AuthCode: string;
}

/** The application is shared with another company, or no longer. `share_agent_change` */
export interface WeComShareAgentChangeInfo extends WeComInfoMessage {
  InfoType: 'share_agent_change';
  ChangeType?: undefined;
  AppId?: number;
  CorpId: string;
  AgentId?: number;
}

/** A company grants a special permission. `approve_special_auth` */
export interface WeComApproveSpecialAuthInfo extends WeComInfoMessage {
  InfoType: 'approve_special_auth';
  ChangeType?: undefined;
  AuthCorpId: string;
  AuthType: string;
}

/** A company takes a special permission back. `cancel_special_auth` */
export interface WeComCancelSpecialAuthInfo extends WeComInfoMessage {
  InfoType: 'cancel_special_auth';
  ChangeType?: undefined;
  AuthCorpId: string;
  AuthType: string;
}

/** A company authorises its structure. `corp_arch_auth` */
export interface WeComCorpArchAuthInfo extends WeComInfoMessage {
  InfoType: 'corp_arch_auth';
  ChangeType?: undefined;
  AuthCorpId: string;
}

/** An authorisation is deleted. `del_auth` */
export interface WeComDelAuthInfo extends WeComInfoMessage {
  InfoType: 'del_auth';
  ChangeType?: undefined;
  AuthCorpId?: string;
}

/** A member is created; what the application may not see is left out, in a company that authorised the suite. `change_contact`, `create_user` */
export interface WeComChangeContactCreateUserInfo extends WeComInfoMessage {
  InfoType: 'change_contact';
  ChangeType: 'create_user';
  UserID: string;
  Name?: string;
  Department?: string;
  MainDepartment?: number;
  IsLeaderInDept?: string;
  DirectLeader?: string;
  Position?: string;
  Mobile?: string;
  Gender?: number;
  Email?: string;
  BizMail?: string;
  Status?: number;
  Avatar?: string;
  Alias?: string;
  Telephone?: string;
  Address?: string;
  ExtAttr?: {
    Item: {
      Name: string;
      Type: number;
      Text?: {
        Value: string;
      };
      Web?: {
        Title: string;
        Url: string;
      };
    }[];
  };
}

/** A member changes; only what changed is there, in a company that authorised the suite. `change_contact`, `update_user` */
export interface WeComChangeContactUpdateUserInfo extends WeComInfoMessage {
  InfoType: 'change_contact';
  ChangeType: 'update_user';
  UserID: string;
  NewUserID?: string;
  Name?: string;
  Department?: string;
  MainDepartment?: number;
  IsLeaderInDept?: string;
  DirectLeader?: string;
  Position?: string;
  Mobile?: string;
  Gender?: number;
  Email?: string;
  BizMail?: string;
  Status?: number;
  Avatar?: string;
  Alias?: string;
  Telephone?: string;
  Address?: string;
  ExtAttr?: {
    Item: {
      Name: string;
      Type: number;
      Text?: {
        Value: string;
      };
      Web?: {
        Title: string;
        Url: string;
      };
    }[];
  };
}

/** A member is deleted, in a company that authorised the suite. `change_contact`, `delete_user` */
export interface WeComChangeContactDeleteUserInfo extends WeComInfoMessage {
  InfoType: 'change_contact';
  ChangeType: 'delete_user';
  UserID: string;
}

/** A department is created, in a company that authorised the suite. `change_contact`, `create_party` */
export interface WeComChangeContactCreatePartyInfo extends WeComInfoMessage {
  InfoType: 'change_contact';
  ChangeType: 'create_party';
  Id: number;
  Name: string;
  ParentId: number;
  Order?: number;
}

/** A department changes; only what changed is there, in a company that authorised the suite. `change_contact`, `update_party` */
export interface WeComChangeContactUpdatePartyInfo extends WeComInfoMessage {
  InfoType: 'change_contact';
  ChangeType: 'update_party';
  Id: number;
  Name?: string;
  ParentId?: number;
}

/** A department is deleted, in a company that authorised the suite. `change_contact`, `delete_party` */
export interface WeComChangeContactDeletePartyInfo extends WeComInfoMessage {
  InfoType: 'change_contact';
  ChangeType: 'delete_party';
  Id: number;
}

/** Members or departments are added to a tag or removed from it, in a company that authorised the suite. `change_contact`, `update_tag` */
export interface WeComChangeContactUpdateTagInfo extends WeComInfoMessage {
  InfoType: 'change_contact';
  ChangeType: 'update_tag';
  TagId: number;
  AddUserItems?: string;
  DelUserItems?: string;
  AddPartyItems?: string;
  DelPartyItems?: string;
}

/** A member adds a customer, in a company that authorised the suite. `change_external_contact`, `add_external_contact` */
export interface WeComChangeExternalContactAddExternalContactInfo extends WeComInfoMessage {
  InfoType: 'change_external_contact';
  ChangeType: 'add_external_contact';
  UserID: string;
  ExternalUserID: string;
  State?: string;
  WelcomeCode?: string;
}

/** A customer adds a member who need not confirm, and the member has not replied yet, in a company that authorised the suite. `change_external_contact`, `add_half_external_contact` */
export interface WeComChangeExternalContactAddHalfExternalContactInfo extends WeComInfoMessage {
  InfoType: 'change_external_contact';
  ChangeType: 'add_half_external_contact';
  UserID: string;
  ExternalUserID: string;
  State?: string;
  WelcomeCode?: string;
}

/** A member edits the remark or the tags of a customer, in a company that authorised the suite. `change_external_contact`, `edit_external_contact` */
export interface WeComChangeExternalContactEditExternalContactInfo extends WeComInfoMessage {
  InfoType: 'change_external_contact';
  ChangeType: 'edit_external_contact';
  UserID: string;
  ExternalUserID: string;
}

/** A member deletes a customer, in a company that authorised the suite. `change_external_contact`, `del_external_contact` */
export interface WeComChangeExternalContactDelExternalContactInfo extends WeComInfoMessage {
  InfoType: 'change_external_contact';
  ChangeType: 'del_external_contact';
  UserID: string;
  ExternalUserID: string;
  Source?: string;
}

/** A customer deletes a member, in a company that authorised the suite. `change_external_contact`, `del_follow_user` */
export interface WeComChangeExternalContactDelFollowUserInfo extends WeComInfoMessage {
  InfoType: 'change_external_contact';
  ChangeType: 'del_follow_user';
  UserID: string;
  ExternalUserID: string;
}

/** A customer could not be handed over to another member, in a company that authorised the suite. `change_external_contact`, `transfer_fail` */
export interface WeComChangeExternalContactTransferFailInfo extends WeComInfoMessage {
  InfoType: 'change_external_contact';
  ChangeType: 'transfer_fail';
  FailReason: string;
  UserID: string;
  ExternalUserID: string;
}

/** A customer agrees to the archive of chats, in a company that authorised the suite. `change_external_contact`, `msg_audit_approved` */
export interface WeComChangeExternalContactMsgAuditApprovedInfo extends WeComInfoMessage {
  InfoType: 'change_external_contact';
  ChangeType: 'msg_audit_approved';
  UserID: string;
  ExternalUserID: string;
  WelcomeCode?: string;
}

/** A group with customers is created, in a company that authorised the suite. `change_external_chat`, `create` */
export interface WeComChangeExternalChatCreateInfo extends WeComInfoMessage {
  InfoType: 'change_external_chat';
  ChangeType: 'create';
  ChatId: string;
}

/** A group with customers changes, in a company that authorised the suite. `change_external_chat`, `update` */
export interface WeComChangeExternalChatUpdateInfo extends WeComInfoMessage {
  InfoType: 'change_external_chat';
  ChangeType: 'update';
  ChatId: string;
  UpdateDetail: string;
  JoinScene?: number;
  QuitScene?: number;
  MemChangeCnt?: number;
  MemChangeList?: {
    Item: string[];
  };
  LastMemVer?: string;
  CurMemVer?: string;
}

/** A group with customers is dissolved, in a company that authorised the suite. `change_external_chat`, `dismiss` */
export interface WeComChangeExternalChatDismissInfo extends WeComInfoMessage {
  InfoType: 'change_external_chat';
  ChangeType: 'dismiss';
  ChatId: string;
}

/** A tag for customers, or a group of tags, is created, in a company that authorised the suite. `change_external_tag`, `create` */
export interface WeComChangeExternalTagCreateInfo extends WeComInfoMessage {
  InfoType: 'change_external_tag';
  ChangeType: 'create';
  Id: string;
  TagType: string;
  StrategyId?: number;
}

/** A tag for customers, or a group of tags, changes, in a company that authorised the suite. `change_external_tag`, `update` */
export interface WeComChangeExternalTagUpdateInfo extends WeComInfoMessage {
  InfoType: 'change_external_tag';
  ChangeType: 'update';
  Id: string;
  TagType: string;
  StrategyId?: number;
}

/** A tag for customers, or a group of tags, is deleted, in a company that authorised the suite. `change_external_tag`, `delete` */
export interface WeComChangeExternalTagDeleteInfo extends WeComInfoMessage {
  InfoType: 'change_external_tag';
  ChangeType: 'delete';
  Id: string;
  TagType: string;
  StrategyId?: number;
}

/** Tags for customers are put in another order, in a company that authorised the suite. `change_external_tag`, `shuffle` */
export interface WeComChangeExternalTagShuffleInfo extends WeComInfoMessage {
  InfoType: 'change_external_tag';
  ChangeType: 'shuffle';
  Id?: string;
  StrategyId?: number;
}

/** The quota of customer acquisition links runs low, in a company that authorised the suite. `customer_acquisition`, `balance_low` */
export interface WeComCustomerAcquisitionBalanceLowInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'balance_low';
}

/** The quota of customer acquisition links is used up, in a company that authorised the suite. `customer_acquisition`, `balance_exhausted` */
export interface WeComCustomerAcquisitionBalanceExhaustedInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'balance_exhausted';
}

/** The quota of customer acquisition links was raised, in a company that authorised the suite. `customer_acquisition`, `balance_increased` */
export interface WeComCustomerAcquisitionBalanceIncreasedInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'balance_increased';
}

/** A part of the quota expires in 14, 7, 3, 2 or 1 days, in a company that authorised the suite. `customer_acquisition`, `quota_expire_soon` */
export interface WeComCustomerAcquisitionQuotaExpireSoonInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'quota_expire_soon';
  ExpireTime: number;
  ExpireQuotaNum: number;
}

/** A customer acquisition link stops working, in a company that authorised the suite. `customer_acquisition`, `link_unavailable` */
export interface WeComCustomerAcquisitionLinkUnavailableInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'link_unavailable';
  LinkId: string;
}

/** A customer acquisition link is deleted, in a company that authorised the suite. `customer_acquisition`, `delete_link` */
export interface WeComCustomerAcquisitionDeleteLinkInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'delete_link';
  LinkId: string;
}

/** Somebody opens the profile behind a link, in a company that authorised the suite. `customer_acquisition`, `open_profile` */
export interface WeComCustomerAcquisitionOpenProfileInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'open_profile';
  LinkId: string;
  State?: string;
}

/** Somebody asks to be added by way of a link, in a company that authorised the suite. `customer_acquisition`, `friend_request` */
export interface WeComCustomerAcquisitionFriendRequestInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'friend_request';
  LinkId: string;
  State?: string;
}

/** A customer who came by a link writes for the first time, in a company that authorised the suite. `customer_acquisition`, `customer_start_chat` */
export interface WeComCustomerAcquisitionCustomerStartChatInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'customer_start_chat';
  UserID: string;
  ExternalUserID: string;
  LinkId: string;
  State?: string;
}

/** A customer who came by a link deletes the member, in a company that authorised the suite. `customer_acquisition`, `del_follow_user` */
export interface WeComCustomerAcquisitionDelFollowUserInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'del_follow_user';
  UserID: string;
  ExternalUserID: string;
  LinkId: string;
  State?: string;
}

/** A customer who came by a link writes, in a company that authorised the suite. `customer_acquisition`, `message_from_customer` */
export interface WeComCustomerAcquisitionMessageFromCustomerInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'message_from_customer';
  LinkId: string;
  State?: string;
  ChatKey: string;
}

/** The quota of a provider runs low, in a company that authorised the suite. `customer_acquisition`, `service_balance_low` */
export interface WeComCustomerAcquisitionServiceBalanceLowInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'service_balance_low';
}

/** The quota of a provider is used up, in a company that authorised the suite. `customer_acquisition`, `service_balance_exhausted` */
export interface WeComCustomerAcquisitionServiceBalanceExhaustedInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'service_balance_exhausted';
}

/** The quota of a provider was used, in a company that authorised the suite. `customer_acquisition`, `service_balance_consumed` */
export interface WeComCustomerAcquisitionServiceBalanceConsumedInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'service_balance_consumed';
  OnceKey: string;
}

/** The price of customer acquisition changes, in a company that authorised the suite. `customer_acquisition`, `change_price` */
export interface WeComCustomerAcquisitionChangePriceInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition';
  ChangeType: 'change_price';
  Price: number;
  EffectiveTime: number;
}

/** The permission for customer acquisition changes. `customer_acquisition_permit_change` */
export interface WeComCustomerAcquisitionPermitChangeInfo extends WeComInfoMessage {
  InfoType: 'customer_acquisition_permit_change';
  ChangeType?: undefined;
}

/** A company changes the edition of the application (spelt so). `change_editon` */
export interface WeComChangeEditonInfo extends WeComInfoMessage {
  InfoType: 'change_editon';
  ChangeType?: undefined;
  PaidCorpId: string;
}

/** A company places an order. `open_order` */
export interface WeComOpenOrderInfo extends WeComInfoMessage {
  InfoType: 'open_order';
  ChangeType?: undefined;
  OrderId: string;
  OperatorId?: string;
  PaidCorpId?: string;
}

/** An order is changed. `change_order` */
export interface WeComChangeOrderInfo extends WeComInfoMessage {
  InfoType: 'change_order';
  ChangeType?: undefined;
  OldOrderId: string;
  NewOrderId: string;
  PaidCorpId?: string;
}

/** An order is paid. `pay_for_app_success` */
export interface WeComPayForAppSuccessInfo extends WeComInfoMessage {
  InfoType: 'pay_for_app_success';
  ChangeType?: undefined;
  OrderId: string;
  PaidCorpId?: string;
}

/** An order is refunded. `refund` */
export interface WeComRefundInfo extends WeComInfoMessage {
  InfoType: 'refund';
  ChangeType?: undefined;
  OrderId: string;
  PaidCorpId?: string;
}

/** The permission to use data of devices changes. `device_data_auth_change` */
export interface WeComDeviceDataAuthChangeInfo extends WeComInfoMessage {
  InfoType: 'device_data_auth_change';
  ChangeType?: undefined;
  AgentID?: number;
}

/** A chat has a keyword of a rule: fetch it with the Token. `hit_keyword` */
export interface WeComHitKeywordInfo extends WeComInfoMessage {
  InfoType: 'hit_keyword';
  ChangeType?: undefined;
  Token: string;
}

/** Chats have new messages: fetch them with the Token. `conversation_new_message` */
export interface WeComConversationNewMessageInfo extends WeComInfoMessage {
  InfoType: 'conversation_new_message';
  ChangeType?: undefined;
  Token: string;
}

/** A customer agrees to the archive of chats. `chat_archive_audit_approved_single` */
export interface WeComChatArchiveAuditApprovedSingleInfo extends WeComInfoMessage {
  InfoType: 'chat_archive_audit_approved_single';
  ChangeType?: undefined;
  OpenUserID: string;
  ExternalUserID?: string;
  ChatId?: string;
}

/** An export of chats is done. `chat_archive_export_finished` */
export interface WeComChatArchiveExportFinishedInfo extends WeComInfoMessage {
  InfoType: 'chat_archive_export_finished';
  ChangeType?: undefined;
  JobId: string;
}

/** A company was registered by way of a provider. `register_corp` */
export interface WeComRegisterCorpInfo extends WeComInfoMessage {
  InfoType: 'register_corp';
  ChangeType?: undefined;
  ServiceCorpId: string;
  RegisterCode: string;
  AuthCorpId: string;
  ContactSync?: {
    AccessToken: string;
    ExpiresIn: number;
  };
  AuthUserInfo?: {
    UserId: string;
  };
  State?: string;
  TemplateId?: string;
}

/** An order of licences is paid. `license_pay_success` */
export interface WeComLicensePaySuccessInfo extends WeComInfoMessage {
  InfoType: 'license_pay_success';
  ChangeType?: undefined;
  ServiceCorpId: string;
  AuthCorpId?: string;
  OrderId: string;
}

/** An order of licences is refunded. `license_refund` */
export interface WeComLicenseRefundInfo extends WeComInfoMessage {
  InfoType: 'license_refund';
  ChangeType?: undefined;
  ServiceCorpId: string;
  AuthCorpId?: string;
  OrderId: string;
  OrderStatus?: number;
}

/** Licences are activated by themselves. `auto_activate` */
export interface WeComAutoActivateInfo extends WeComInfoMessage {
  InfoType: 'auto_activate';
  ChangeType?: undefined;
  ServiceCorpId: string;
  AuthCorpId?: string;
  Scene: number;
  AccountList: {
    ActiveCode: string;
    Type: number;
    ExpireTime: number;
    UserId: string;
    PreviousStatus?: number;
    PreviousActiveCode?: string;
  }[];
}

/** A company enters a registration package. `enter_register_package` */
export interface WeComEnterRegisterPackageInfo extends WeComInfoMessage {
  InfoType: 'enter_register_package';
  ChangeType?: undefined;
  ServiceCorpId: string;
}

/** A company agrees to the migration of external userids. `agree_external_userid_migration` */
export interface WeComAgreeExternalUseridMigrationInfo extends WeComInfoMessage {
  InfoType: 'agree_external_userid_migration';
  ChangeType?: undefined;
  ServiceCorpId: string;
  AuthCorpId?: string;
}

/** A message of WeCom of a type that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface WeComOtherMessage extends WeComUserMessage, Unlisted<WeComUserMessage, WeComKnownField> {}

/** An event of WeCom that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface WeComOtherEvent extends WeComEventMessage, Unlisted<WeComEventMessage, WeComKnownField> {}

/** An `InfoType` of WeCom that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface WeComOtherInfo extends WeComInfoMessage, Unlisted<WeComInfoMessage, WeComKnownField> {}

type WeComKnownField =
  | 'Content'
  | 'MsgId'
  | 'AgentID'
  | 'PicUrl'
  | 'MediaId'
  | 'Format'
  | 'ThumbMediaId'
  | 'Location_X'
  | 'Location_Y'
  | 'Scale'
  | 'Label'
  | 'AppType'
  | 'Title'
  | 'Description'
  | 'Url'
  | 'EventKey'
  | 'Latitude'
  | 'Longitude'
  | 'Precision'
  | 'BatchJob'
  | 'ScanCodeInfo'
  | 'SendPicsInfo'
  | 'SendLocationInfo'
  | 'ApprovalInfo'
  | 'TaskId'
  | 'CardType'
  | 'ResponseCode'
  | 'SelectedItems'
  | 'EffectTime'
  | 'ChangeType'
  | 'UserID'
  | 'Name'
  | 'Department'
  | 'MainDepartment'
  | 'IsLeaderInDept'
  | 'DirectLeader'
  | 'Position'
  | 'Mobile'
  | 'Gender'
  | 'Email'
  | 'BizMail'
  | 'Status'
  | 'Avatar'
  | 'Alias'
  | 'Telephone'
  | 'Address'
  | 'ExtAttr'
  | 'NewUserID'
  | 'Id'
  | 'ParentId'
  | 'Order'
  | 'TagId'
  | 'AddUserItems'
  | 'DelUserItems'
  | 'AddPartyItems'
  | 'DelPartyItems'
  | 'ExternalUserID'
  | 'State'
  | 'WelcomeCode'
  | 'Source'
  | 'FailReason'
  | 'ChatId'
  | 'UpdateDetail'
  | 'JoinScene'
  | 'QuitScene'
  | 'MemChangeCnt'
  | 'MemChangeList'
  | 'LastMemVer'
  | 'CurMemVer'
  | 'TagType'
  | 'StrategyId'
  | 'ExpireTime'
  | 'ExpireQuotaNum'
  | 'LinkId'
  | 'ChatKey'
  | 'Token'
  | 'OpenKfId'
  | 'AuthAddOpenKfId'
  | 'AuthDelOpenKfId'
  | 'LivingId'
  | 'ChainId'
  | 'GroupIds'
  | 'CorpIds'
  | 'CalId'
  | 'ScheduleId'
  | 'MeetingRoomId'
  | 'MeetingId'
  | 'DocId'
  | 'FormId'
  | 'SheetId'
  | 'FieldId'
  | 'RecordId'
  | 'SpaceId'
  | 'FileId'
  | 'Amount'
  | 'JobId'
  | 'Mode'
  | 'NotifyId'
  | 'NotifyScene'
  | 'SuiteTicket'
  | 'AuthCode'
  | 'AuthCorpId'
  | 'AppId'
  | 'CorpId'
  | 'AgentId'
  | 'AuthType'
  | 'OnceKey'
  | 'Price'
  | 'EffectiveTime'
  | 'PaidCorpId'
  | 'OrderId'
  | 'OperatorId'
  | 'OldOrderId'
  | 'NewOrderId'
  | 'OpenUserID'
  | 'ServiceCorpId'
  | 'RegisterCode'
  | 'ContactSync'
  | 'AuthUserInfo'
  | 'TemplateId'
  | 'OrderStatus'
  | 'Scene'
  | 'AccountList';

/** A message from a member of WeCom. */
export type WeComAnyUserMessage =
  | WeComTextMessage
  | WeComImageMessage
  | WeComVoiceMessage
  | WeComVideoMessage
  | WeComLocationMessage
  | WeComLinkMessage
  | WeComOtherMessage;

/** An event of WeCom. */
export type WeComAnyEvent =
  | WeComSubscribeEvent
  | WeComUnsubscribeEvent
  | WeComEnterAgentEvent
  | WeComLocationEvent
  | WeComBatchJobResultEvent
  | WeComClickEvent
  | WeComViewEvent
  | WeComViewMiniprogramEvent
  | WeComScancodePushEvent
  | WeComScancodeWaitmsgEvent
  | WeComPicSysphotoEvent
  | WeComPicPhotoOrAlbumEvent
  | WeComPicWeixinEvent
  | WeComLocationSelectEvent
  | WeComOpenApprovalChangeEvent
  | WeComSysApprovalChangeEvent
  | WeComShareAgentChangeEvent
  | WeComShareChainChangeEvent
  | WeComTemplateCardEvent
  | WeComTemplateCardMenuEvent
  | WeComTaskcardClickEvent
  | WeComInactiveAlertEvent
  | WeComLowActiveAlertEvent
  | WeComCloseInactiveAgentEvent
  | WeComReopenInactiveAgentEvent
  | WeComLowActiveEvent
  | WeComActiveRestoredEvent
  | WeComChangeContactCreateUserEvent
  | WeComChangeContactUpdateUserEvent
  | WeComChangeContactDeleteUserEvent
  | WeComChangeContactCreatePartyEvent
  | WeComChangeContactUpdatePartyEvent
  | WeComChangeContactDeletePartyEvent
  | WeComChangeContactUpdateTagEvent
  | WeComChangeExternalContactAddExternalContactEvent
  | WeComChangeExternalContactAddHalfExternalContactEvent
  | WeComChangeExternalContactEditExternalContactEvent
  | WeComChangeExternalContactDelExternalContactEvent
  | WeComChangeExternalContactDelFollowUserEvent
  | WeComChangeExternalContactTransferFailEvent
  | WeComChangeExternalContactMsgAuditApprovedEvent
  | WeComChangeExternalChatCreateEvent
  | WeComChangeExternalChatUpdateEvent
  | WeComChangeExternalChatDismissEvent
  | WeComChangeExternalTagCreateEvent
  | WeComChangeExternalTagUpdateEvent
  | WeComChangeExternalTagDeleteEvent
  | WeComChangeExternalTagShuffleEvent
  | WeComCustomerAcquisitionBalanceLowEvent
  | WeComCustomerAcquisitionBalanceExhaustedEvent
  | WeComCustomerAcquisitionBalanceIncreasedEvent
  | WeComCustomerAcquisitionQuotaExpireSoonEvent
  | WeComCustomerAcquisitionLinkUnavailableEvent
  | WeComCustomerAcquisitionDeleteLinkEvent
  | WeComCustomerAcquisitionOpenProfileEvent
  | WeComCustomerAcquisitionFriendRequestEvent
  | WeComCustomerAcquisitionCustomerStartChatEvent
  | WeComCustomerAcquisitionDelFollowUserEvent
  | WeComCustomerAcquisitionMessageFromCustomerEvent
  | WeComKfMsgOrEvent
  | WeComKfAccountAuthChangeEvent
  | WeComLivingStatusChangeEvent
  | WeComMsgauditNotifyEvent
  | WeComChangeChainCreateChainEvent
  | WeComChangeChainChangeChainEvent
  | WeComChangeChainCreateGroupEvent
  | WeComChangeChainUpdateGroupEvent
  | WeComChangeChainDeleteGroupEvent
  | WeComChangeChainImportChainEvent
  | WeComChangeChainRemoveCorpEvent
  | WeComChangeSchoolContactCreateStudentEvent
  | WeComChangeSchoolContactUpdateStudentEvent
  | WeComChangeSchoolContactDeleteStudentEvent
  | WeComChangeSchoolContactCreateParentEvent
  | WeComChangeSchoolContactUpdateParentEvent
  | WeComChangeSchoolContactDeleteParentEvent
  | WeComChangeSchoolContactSubscribeEvent
  | WeComChangeSchoolContactUnsubscribeEvent
  | WeComChangeSchoolContactCreateDeparmtmentEvent
  | WeComChangeSchoolContactUpdateDeparmtmentEvent
  | WeComChangeSchoolContactDeleteDeparmtmentEvent
  | WeComModifyCalendarEvent
  | WeComDeleteCalendarEvent
  | WeComAddScheduleEvent
  | WeComModifyScheduleEvent
  | WeComDeleteScheduleEvent
  | WeComRespondScheduleEvent
  | WeComBookMeetingRoomEvent
  | WeComCancelMeetingRoomEvent
  | WeComMeetingChangeEvent
  | WeComMeetingStatisticsEvent
  | WeComDocChangeEvent
  | WeComSmartSheetChangeEvent
  | WeComWedriveInsufficientCapacityEvent
  | WeComWedriveSpaceChangeEvent
  | WeComWedriveFileChangeEvent
  | WeComAppEmailChangeEvent
  | WeComUploadMediaJobFinishEvent
  | WeComSecurityChangeDomainIpEvent
  | WeComSwitchWorkbenchModeEvent
  | WeComSubmitVipAccountApprovalEvent
  | WeComFinishVipAccountApprovalEvent
  | WeComUnlicensedNotifyEvent
  | WeComChangeAppAdminEvent
  | WeComProgramNotifyEvent
  | WeComOtherEvent;

/** A push to the instruction callback of a provider's application of WeCom. */
export type WeComAnyInfo =
  | WeComSuiteTicketInfo
  | WeComCreateAuthInfo
  | WeComChangeAuthInfo
  | WeComCancelAuthInfo
  | WeComResetPermanentCodeInfo
  | WeComShareAgentChangeInfo
  | WeComApproveSpecialAuthInfo
  | WeComCancelSpecialAuthInfo
  | WeComCorpArchAuthInfo
  | WeComDelAuthInfo
  | WeComChangeContactCreateUserInfo
  | WeComChangeContactUpdateUserInfo
  | WeComChangeContactDeleteUserInfo
  | WeComChangeContactCreatePartyInfo
  | WeComChangeContactUpdatePartyInfo
  | WeComChangeContactDeletePartyInfo
  | WeComChangeContactUpdateTagInfo
  | WeComChangeExternalContactAddExternalContactInfo
  | WeComChangeExternalContactAddHalfExternalContactInfo
  | WeComChangeExternalContactEditExternalContactInfo
  | WeComChangeExternalContactDelExternalContactInfo
  | WeComChangeExternalContactDelFollowUserInfo
  | WeComChangeExternalContactTransferFailInfo
  | WeComChangeExternalContactMsgAuditApprovedInfo
  | WeComChangeExternalChatCreateInfo
  | WeComChangeExternalChatUpdateInfo
  | WeComChangeExternalChatDismissInfo
  | WeComChangeExternalTagCreateInfo
  | WeComChangeExternalTagUpdateInfo
  | WeComChangeExternalTagDeleteInfo
  | WeComChangeExternalTagShuffleInfo
  | WeComCustomerAcquisitionBalanceLowInfo
  | WeComCustomerAcquisitionBalanceExhaustedInfo
  | WeComCustomerAcquisitionBalanceIncreasedInfo
  | WeComCustomerAcquisitionQuotaExpireSoonInfo
  | WeComCustomerAcquisitionLinkUnavailableInfo
  | WeComCustomerAcquisitionDeleteLinkInfo
  | WeComCustomerAcquisitionOpenProfileInfo
  | WeComCustomerAcquisitionFriendRequestInfo
  | WeComCustomerAcquisitionCustomerStartChatInfo
  | WeComCustomerAcquisitionDelFollowUserInfo
  | WeComCustomerAcquisitionMessageFromCustomerInfo
  | WeComCustomerAcquisitionServiceBalanceLowInfo
  | WeComCustomerAcquisitionServiceBalanceExhaustedInfo
  | WeComCustomerAcquisitionServiceBalanceConsumedInfo
  | WeComCustomerAcquisitionChangePriceInfo
  | WeComCustomerAcquisitionPermitChangeInfo
  | WeComChangeEditonInfo
  | WeComOpenOrderInfo
  | WeComChangeOrderInfo
  | WeComPayForAppSuccessInfo
  | WeComRefundInfo
  | WeComDeviceDataAuthChangeInfo
  | WeComHitKeywordInfo
  | WeComConversationNewMessageInfo
  | WeComChatArchiveAuditApprovedSingleInfo
  | WeComChatArchiveExportFinishedInfo
  | WeComRegisterCorpInfo
  | WeComLicensePaySuccessInfo
  | WeComLicenseRefundInfo
  | WeComAutoActivateInfo
  | WeComEnterRegisterPackageInfo
  | WeComAgreeExternalUseridMigrationInfo
  | WeComOtherInfo;

/** Everything WeCom pushes. Comparing `MsgType`, `Event`, `InfoType` or `ChangeType` with a name narrows it. */
export type WeComMessage = WeComAnyUserMessage | WeComAnyEvent | WeComAnyInfo;

/** The routes of a message of WeCom, and what a handler gets there. */
export interface WeComRouteMessages {
  text: WeComTextMessage;
  image: WeComImageMessage;
  voice: WeComVoiceMessage;
  video: WeComVideoMessage;
  location: WeComLocationMessage;
  link: WeComLinkMessage;
  event: WeComAnyEvent;
  'event.subscribe': WeComSubscribeEvent;
  'event.unsubscribe': WeComUnsubscribeEvent;
  'event.enter_agent': WeComEnterAgentEvent;
  'event.LOCATION': WeComLocationEvent;
  'event.batch_job_result': WeComBatchJobResultEvent;
  'event.click': WeComClickEvent;
  'event.view': WeComViewEvent;
  'event.view_miniprogram': WeComViewMiniprogramEvent;
  'event.scancode_push': WeComScancodePushEvent;
  'event.scancode_waitmsg': WeComScancodeWaitmsgEvent;
  'event.pic_sysphoto': WeComPicSysphotoEvent;
  'event.pic_photo_or_album': WeComPicPhotoOrAlbumEvent;
  'event.pic_weixin': WeComPicWeixinEvent;
  'event.location_select': WeComLocationSelectEvent;
  'event.open_approval_change': WeComOpenApprovalChangeEvent;
  'event.sys_approval_change': WeComSysApprovalChangeEvent;
  'event.share_agent_change': WeComShareAgentChangeEvent;
  'event.share_chain_change': WeComShareChainChangeEvent;
  'event.template_card_event': WeComTemplateCardEvent;
  'event.template_card_menu_event': WeComTemplateCardMenuEvent;
  'event.taskcard_click': WeComTaskcardClickEvent;
  'event.inactive_alert': WeComInactiveAlertEvent;
  'event.low_active_alert': WeComLowActiveAlertEvent;
  'event.close_inactive_agent': WeComCloseInactiveAgentEvent;
  'event.reopen_inactive_agent': WeComReopenInactiveAgentEvent;
  'event.low_active': WeComLowActiveEvent;
  'event.active_restored': WeComActiveRestoredEvent;
  'event.change_contact.create_user': WeComChangeContactCreateUserEvent;
  'event.change_contact.update_user': WeComChangeContactUpdateUserEvent;
  'event.change_contact.delete_user': WeComChangeContactDeleteUserEvent;
  'event.change_contact.create_party': WeComChangeContactCreatePartyEvent;
  'event.change_contact.update_party': WeComChangeContactUpdatePartyEvent;
  'event.change_contact.delete_party': WeComChangeContactDeletePartyEvent;
  'event.change_contact.update_tag': WeComChangeContactUpdateTagEvent;
  'event.change_external_contact.add_external_contact': WeComChangeExternalContactAddExternalContactEvent;
  'event.change_external_contact.add_half_external_contact': WeComChangeExternalContactAddHalfExternalContactEvent;
  'event.change_external_contact.edit_external_contact': WeComChangeExternalContactEditExternalContactEvent;
  'event.change_external_contact.del_external_contact': WeComChangeExternalContactDelExternalContactEvent;
  'event.change_external_contact.del_follow_user': WeComChangeExternalContactDelFollowUserEvent;
  'event.change_external_contact.transfer_fail': WeComChangeExternalContactTransferFailEvent;
  'event.change_external_contact.msg_audit_approved': WeComChangeExternalContactMsgAuditApprovedEvent;
  'event.change_external_chat.create': WeComChangeExternalChatCreateEvent;
  'event.change_external_chat.update': WeComChangeExternalChatUpdateEvent;
  'event.change_external_chat.dismiss': WeComChangeExternalChatDismissEvent;
  'event.change_external_tag.create': WeComChangeExternalTagCreateEvent;
  'event.change_external_tag.update': WeComChangeExternalTagUpdateEvent;
  'event.change_external_tag.delete': WeComChangeExternalTagDeleteEvent;
  'event.change_external_tag.shuffle': WeComChangeExternalTagShuffleEvent;
  'event.customer_acquisition.balance_low': WeComCustomerAcquisitionBalanceLowEvent;
  'event.customer_acquisition.balance_exhausted': WeComCustomerAcquisitionBalanceExhaustedEvent;
  'event.customer_acquisition.balance_increased': WeComCustomerAcquisitionBalanceIncreasedEvent;
  'event.customer_acquisition.quota_expire_soon': WeComCustomerAcquisitionQuotaExpireSoonEvent;
  'event.customer_acquisition.link_unavailable': WeComCustomerAcquisitionLinkUnavailableEvent;
  'event.customer_acquisition.delete_link': WeComCustomerAcquisitionDeleteLinkEvent;
  'event.customer_acquisition.open_profile': WeComCustomerAcquisitionOpenProfileEvent;
  'event.customer_acquisition.friend_request': WeComCustomerAcquisitionFriendRequestEvent;
  'event.customer_acquisition.customer_start_chat': WeComCustomerAcquisitionCustomerStartChatEvent;
  'event.customer_acquisition.del_follow_user': WeComCustomerAcquisitionDelFollowUserEvent;
  'event.customer_acquisition.message_from_customer': WeComCustomerAcquisitionMessageFromCustomerEvent;
  'event.kf_msg_or_event': WeComKfMsgOrEvent;
  'event.kf_account_auth_change': WeComKfAccountAuthChangeEvent;
  'event.living_status_change': WeComLivingStatusChangeEvent;
  'event.msgaudit_notify': WeComMsgauditNotifyEvent;
  'event.change_chain.create_chain': WeComChangeChainCreateChainEvent;
  'event.change_chain.change_chain': WeComChangeChainChangeChainEvent;
  'event.change_chain.create_group': WeComChangeChainCreateGroupEvent;
  'event.change_chain.update_group': WeComChangeChainUpdateGroupEvent;
  'event.change_chain.delete_group': WeComChangeChainDeleteGroupEvent;
  'event.change_chain.import_chain': WeComChangeChainImportChainEvent;
  'event.change_chain.remove_corp': WeComChangeChainRemoveCorpEvent;
  'event.change_school_contact.create_student': WeComChangeSchoolContactCreateStudentEvent;
  'event.change_school_contact.update_student': WeComChangeSchoolContactUpdateStudentEvent;
  'event.change_school_contact.delete_student': WeComChangeSchoolContactDeleteStudentEvent;
  'event.change_school_contact.create_parent': WeComChangeSchoolContactCreateParentEvent;
  'event.change_school_contact.update_parent': WeComChangeSchoolContactUpdateParentEvent;
  'event.change_school_contact.delete_parent': WeComChangeSchoolContactDeleteParentEvent;
  'event.change_school_contact.subscribe': WeComChangeSchoolContactSubscribeEvent;
  'event.change_school_contact.unsubscribe': WeComChangeSchoolContactUnsubscribeEvent;
  'event.change_school_contact.create_deparmtment': WeComChangeSchoolContactCreateDeparmtmentEvent;
  'event.change_school_contact.update_deparmtment': WeComChangeSchoolContactUpdateDeparmtmentEvent;
  'event.change_school_contact.delete_deparmtment': WeComChangeSchoolContactDeleteDeparmtmentEvent;
  'event.modify_calendar': WeComModifyCalendarEvent;
  'event.delete_calendar': WeComDeleteCalendarEvent;
  'event.add_schedule': WeComAddScheduleEvent;
  'event.modify_schedule': WeComModifyScheduleEvent;
  'event.delete_schedule': WeComDeleteScheduleEvent;
  'event.respond_schedule': WeComRespondScheduleEvent;
  'event.book_meeting_room': WeComBookMeetingRoomEvent;
  'event.cancel_meeting_room': WeComCancelMeetingRoomEvent;
  'event.meeting_change': WeComMeetingChangeEvent;
  'event.meeting_statistics': WeComMeetingStatisticsEvent;
  'event.doc_change': WeComDocChangeEvent;
  'event.smart_sheet_change': WeComSmartSheetChangeEvent;
  'event.wedrive_insufficient_capacity': WeComWedriveInsufficientCapacityEvent;
  'event.wedrive_space_change': WeComWedriveSpaceChangeEvent;
  'event.wedrive_file_change': WeComWedriveFileChangeEvent;
  'event.app_email_change': WeComAppEmailChangeEvent;
  'event.upload_media_job_finish': WeComUploadMediaJobFinishEvent;
  'event.security.change_domain_ip': WeComSecurityChangeDomainIpEvent;
  'event.switch_workbench_mode': WeComSwitchWorkbenchModeEvent;
  'event.submit_vip_account_approval': WeComSubmitVipAccountApprovalEvent;
  'event.finish_vip_account_approval': WeComFinishVipAccountApprovalEvent;
  'event.unlicensed_notify': WeComUnlicensedNotifyEvent;
  'event.change_app_admin': WeComChangeAppAdminEvent;
  'event.program_notify': WeComProgramNotifyEvent;
  'event.change_contact':
    | WeComChangeContactCreateUserEvent
    | WeComChangeContactUpdateUserEvent
    | WeComChangeContactDeleteUserEvent
    | WeComChangeContactCreatePartyEvent
    | WeComChangeContactUpdatePartyEvent
    | WeComChangeContactDeletePartyEvent
    | WeComChangeContactUpdateTagEvent
    | WeComOtherEvent;
  'event.change_external_contact':
    | WeComChangeExternalContactAddExternalContactEvent
    | WeComChangeExternalContactAddHalfExternalContactEvent
    | WeComChangeExternalContactEditExternalContactEvent
    | WeComChangeExternalContactDelExternalContactEvent
    | WeComChangeExternalContactDelFollowUserEvent
    | WeComChangeExternalContactTransferFailEvent
    | WeComChangeExternalContactMsgAuditApprovedEvent
    | WeComOtherEvent;
  'event.change_external_chat':
    | WeComChangeExternalChatCreateEvent
    | WeComChangeExternalChatUpdateEvent
    | WeComChangeExternalChatDismissEvent
    | WeComOtherEvent;
  'event.change_external_tag':
    | WeComChangeExternalTagCreateEvent
    | WeComChangeExternalTagUpdateEvent
    | WeComChangeExternalTagDeleteEvent
    | WeComChangeExternalTagShuffleEvent
    | WeComOtherEvent;
  'event.customer_acquisition':
    | WeComCustomerAcquisitionBalanceLowEvent
    | WeComCustomerAcquisitionBalanceExhaustedEvent
    | WeComCustomerAcquisitionBalanceIncreasedEvent
    | WeComCustomerAcquisitionQuotaExpireSoonEvent
    | WeComCustomerAcquisitionLinkUnavailableEvent
    | WeComCustomerAcquisitionDeleteLinkEvent
    | WeComCustomerAcquisitionOpenProfileEvent
    | WeComCustomerAcquisitionFriendRequestEvent
    | WeComCustomerAcquisitionCustomerStartChatEvent
    | WeComCustomerAcquisitionDelFollowUserEvent
    | WeComCustomerAcquisitionMessageFromCustomerEvent
    | WeComOtherEvent;
  'event.change_chain':
    | WeComChangeChainCreateChainEvent
    | WeComChangeChainChangeChainEvent
    | WeComChangeChainCreateGroupEvent
    | WeComChangeChainUpdateGroupEvent
    | WeComChangeChainDeleteGroupEvent
    | WeComChangeChainImportChainEvent
    | WeComChangeChainRemoveCorpEvent
    | WeComOtherEvent;
  'event.change_school_contact':
    | WeComChangeSchoolContactCreateStudentEvent
    | WeComChangeSchoolContactUpdateStudentEvent
    | WeComChangeSchoolContactDeleteStudentEvent
    | WeComChangeSchoolContactCreateParentEvent
    | WeComChangeSchoolContactUpdateParentEvent
    | WeComChangeSchoolContactDeleteParentEvent
    | WeComChangeSchoolContactSubscribeEvent
    | WeComChangeSchoolContactUnsubscribeEvent
    | WeComChangeSchoolContactCreateDeparmtmentEvent
    | WeComChangeSchoolContactUpdateDeparmtmentEvent
    | WeComChangeSchoolContactDeleteDeparmtmentEvent
    | WeComOtherEvent;
  'event.security': WeComSecurityChangeDomainIpEvent | WeComOtherEvent;
  info: WeComAnyInfo;
  'info.suite_ticket': WeComSuiteTicketInfo;
  'info.create_auth': WeComCreateAuthInfo;
  'info.change_auth': WeComChangeAuthInfo;
  'info.cancel_auth': WeComCancelAuthInfo;
  'info.reset_permanent_code': WeComResetPermanentCodeInfo;
  'info.share_agent_change': WeComShareAgentChangeInfo;
  'info.approve_special_auth': WeComApproveSpecialAuthInfo;
  'info.cancel_special_auth': WeComCancelSpecialAuthInfo;
  'info.corp_arch_auth': WeComCorpArchAuthInfo;
  'info.del_auth': WeComDelAuthInfo;
  'info.change_contact.create_user': WeComChangeContactCreateUserInfo;
  'info.change_contact.update_user': WeComChangeContactUpdateUserInfo;
  'info.change_contact.delete_user': WeComChangeContactDeleteUserInfo;
  'info.change_contact.create_party': WeComChangeContactCreatePartyInfo;
  'info.change_contact.update_party': WeComChangeContactUpdatePartyInfo;
  'info.change_contact.delete_party': WeComChangeContactDeletePartyInfo;
  'info.change_contact.update_tag': WeComChangeContactUpdateTagInfo;
  'info.change_external_contact.add_external_contact': WeComChangeExternalContactAddExternalContactInfo;
  'info.change_external_contact.add_half_external_contact': WeComChangeExternalContactAddHalfExternalContactInfo;
  'info.change_external_contact.edit_external_contact': WeComChangeExternalContactEditExternalContactInfo;
  'info.change_external_contact.del_external_contact': WeComChangeExternalContactDelExternalContactInfo;
  'info.change_external_contact.del_follow_user': WeComChangeExternalContactDelFollowUserInfo;
  'info.change_external_contact.transfer_fail': WeComChangeExternalContactTransferFailInfo;
  'info.change_external_contact.msg_audit_approved': WeComChangeExternalContactMsgAuditApprovedInfo;
  'info.change_external_chat.create': WeComChangeExternalChatCreateInfo;
  'info.change_external_chat.update': WeComChangeExternalChatUpdateInfo;
  'info.change_external_chat.dismiss': WeComChangeExternalChatDismissInfo;
  'info.change_external_tag.create': WeComChangeExternalTagCreateInfo;
  'info.change_external_tag.update': WeComChangeExternalTagUpdateInfo;
  'info.change_external_tag.delete': WeComChangeExternalTagDeleteInfo;
  'info.change_external_tag.shuffle': WeComChangeExternalTagShuffleInfo;
  'info.customer_acquisition.balance_low': WeComCustomerAcquisitionBalanceLowInfo;
  'info.customer_acquisition.balance_exhausted': WeComCustomerAcquisitionBalanceExhaustedInfo;
  'info.customer_acquisition.balance_increased': WeComCustomerAcquisitionBalanceIncreasedInfo;
  'info.customer_acquisition.quota_expire_soon': WeComCustomerAcquisitionQuotaExpireSoonInfo;
  'info.customer_acquisition.link_unavailable': WeComCustomerAcquisitionLinkUnavailableInfo;
  'info.customer_acquisition.delete_link': WeComCustomerAcquisitionDeleteLinkInfo;
  'info.customer_acquisition.open_profile': WeComCustomerAcquisitionOpenProfileInfo;
  'info.customer_acquisition.friend_request': WeComCustomerAcquisitionFriendRequestInfo;
  'info.customer_acquisition.customer_start_chat': WeComCustomerAcquisitionCustomerStartChatInfo;
  'info.customer_acquisition.del_follow_user': WeComCustomerAcquisitionDelFollowUserInfo;
  'info.customer_acquisition.message_from_customer': WeComCustomerAcquisitionMessageFromCustomerInfo;
  'info.customer_acquisition.service_balance_low': WeComCustomerAcquisitionServiceBalanceLowInfo;
  'info.customer_acquisition.service_balance_exhausted': WeComCustomerAcquisitionServiceBalanceExhaustedInfo;
  'info.customer_acquisition.service_balance_consumed': WeComCustomerAcquisitionServiceBalanceConsumedInfo;
  'info.customer_acquisition.change_price': WeComCustomerAcquisitionChangePriceInfo;
  'info.customer_acquisition_permit_change': WeComCustomerAcquisitionPermitChangeInfo;
  'info.change_editon': WeComChangeEditonInfo;
  'info.open_order': WeComOpenOrderInfo;
  'info.change_order': WeComChangeOrderInfo;
  'info.pay_for_app_success': WeComPayForAppSuccessInfo;
  'info.refund': WeComRefundInfo;
  'info.device_data_auth_change': WeComDeviceDataAuthChangeInfo;
  'info.hit_keyword': WeComHitKeywordInfo;
  'info.conversation_new_message': WeComConversationNewMessageInfo;
  'info.chat_archive_audit_approved_single': WeComChatArchiveAuditApprovedSingleInfo;
  'info.chat_archive_export_finished': WeComChatArchiveExportFinishedInfo;
  'info.register_corp': WeComRegisterCorpInfo;
  'info.license_pay_success': WeComLicensePaySuccessInfo;
  'info.license_refund': WeComLicenseRefundInfo;
  'info.auto_activate': WeComAutoActivateInfo;
  'info.enter_register_package': WeComEnterRegisterPackageInfo;
  'info.agree_external_userid_migration': WeComAgreeExternalUseridMigrationInfo;
  'info.change_contact':
    | WeComChangeContactCreateUserInfo
    | WeComChangeContactUpdateUserInfo
    | WeComChangeContactDeleteUserInfo
    | WeComChangeContactCreatePartyInfo
    | WeComChangeContactUpdatePartyInfo
    | WeComChangeContactDeletePartyInfo
    | WeComChangeContactUpdateTagInfo
    | WeComOtherInfo;
  'info.change_external_contact':
    | WeComChangeExternalContactAddExternalContactInfo
    | WeComChangeExternalContactAddHalfExternalContactInfo
    | WeComChangeExternalContactEditExternalContactInfo
    | WeComChangeExternalContactDelExternalContactInfo
    | WeComChangeExternalContactDelFollowUserInfo
    | WeComChangeExternalContactTransferFailInfo
    | WeComChangeExternalContactMsgAuditApprovedInfo
    | WeComOtherInfo;
  'info.change_external_chat':
    | WeComChangeExternalChatCreateInfo
    | WeComChangeExternalChatUpdateInfo
    | WeComChangeExternalChatDismissInfo
    | WeComOtherInfo;
  'info.change_external_tag':
    | WeComChangeExternalTagCreateInfo
    | WeComChangeExternalTagUpdateInfo
    | WeComChangeExternalTagDeleteInfo
    | WeComChangeExternalTagShuffleInfo
    | WeComOtherInfo;
  'info.customer_acquisition':
    | WeComCustomerAcquisitionBalanceLowInfo
    | WeComCustomerAcquisitionBalanceExhaustedInfo
    | WeComCustomerAcquisitionBalanceIncreasedInfo
    | WeComCustomerAcquisitionQuotaExpireSoonInfo
    | WeComCustomerAcquisitionLinkUnavailableInfo
    | WeComCustomerAcquisitionDeleteLinkInfo
    | WeComCustomerAcquisitionOpenProfileInfo
    | WeComCustomerAcquisitionFriendRequestInfo
    | WeComCustomerAcquisitionCustomerStartChatInfo
    | WeComCustomerAcquisitionDelFollowUserInfo
    | WeComCustomerAcquisitionMessageFromCustomerInfo
    | WeComCustomerAcquisitionServiceBalanceLowInfo
    | WeComCustomerAcquisitionServiceBalanceExhaustedInfo
    | WeComCustomerAcquisitionServiceBalanceConsumedInfo
    | WeComCustomerAcquisitionChangePriceInfo
    | WeComOtherInfo;
  default: WeComMessage;
}

/** What every push to a bot of WeCom carries. */
export interface BotPush {
  /** A push that comes again has the same. */
  msgid: string;
  /** The bot. */
  aibotid: string;
  /** The chat, of a group. */
  chatid?: string;
  chattype?: 'single' | 'group' | (string & {});
  /** The member; of another company where there is a `corpid`. */
  from: { userid: string; corpid?: string };
  /** Where one more answer can be sent within an hour. */
  response_url?: string;
  MsgType?: undefined;
  InfoType?: undefined;
  /** What is not listed comes through as it was sent. */
  [field: string]: unknown;
}

/** What every message from a member carries. */
export interface BotUserMessage extends BotPush {
  msgtype: string;
  event?: undefined;
}

/** What every event carries. */
export interface BotEventMessage extends BotPush {
  msgtype: 'event';
  /** Seconds since 1970. */
  create_time: number;
  event: { eventtype: string };
}

/** A member sends the bot a text, in a group by naming it with @. `text` */
export interface BotTextMessage extends BotUserMessage {
  msgtype: 'text';
  text: {
    content: string;
  };
  quote?: {
    msgtype: string;
    text?: {
      content: string;
    };
    image?: {
      url: string;
    };
    mixed?: {
      msg_item: {
        msgtype: string;
        text?: {
          content: string;
        };
        image?: {
          url: string;
        };
      }[];
    };
    voice?: {
      content: string;
    };
    file?: {
      url: string;
    };
    video?: {
      url: string;
    };
  };
}

/** A member sends the bot a picture, in a single chat. `image` */
export interface BotImageMessage extends BotUserMessage {
  msgtype: 'image';
  image: {
    url: string;
  };
}

/** A member sends the bot texts and pictures in one message. `mixed` */
export interface BotMixedMessage extends BotUserMessage {
  msgtype: 'mixed';
  mixed: {
    msg_item: {
      msgtype: string;
      text?: {
        content: string;
      };
      image?: {
        url: string;
      };
    }[];
  };
  quote?: {
    msgtype: string;
    text?: {
      content: string;
    };
    image?: {
      url: string;
    };
    mixed?: {
      msg_item: {
        msgtype: string;
        text?: {
          content: string;
        };
        image?: {
          url: string;
        };
      }[];
    };
    voice?: {
      content: string;
    };
    file?: {
      url: string;
    };
    video?: {
      url: string;
    };
  };
}

/** A member speaks to the bot, in a single chat; it comes as text. `voice` */
export interface BotVoiceMessage extends BotUserMessage {
  msgtype: 'voice';
  voice: {
    content: string;
  };
}

/** A member sends the bot a file, in a single chat. `file` */
export interface BotFileMessage extends BotUserMessage {
  msgtype: 'file';
  file: {
    url: string;
  };
}

/** A member sends the bot a video, in a single chat. `video` */
export interface BotVideoMessage extends BotUserMessage {
  msgtype: 'video';
  video: {
    url: string;
  };
}

/** WeCom asks for more of a stream that is not finished. `stream` */
export interface BotStreamMessage extends BotUserMessage {
  msgtype: 'stream';
  stream: {
    id: string;
  };
}

/** A member opens the chat with the bot for the first time that day. `enter_chat` */
export interface BotEnterChatEvent extends BotEventMessage {
  msgtype: 'event';
  event: { eventtype: 'enter_chat' };
}

/** A member clicks a button of a card of the bot, or submits a choice. `template_card_event` */
export interface BotTemplateCardEvent extends BotEventMessage {
  msgtype: 'event';
  event: {
    eventtype: 'template_card_event';
    template_card_event: {
      card_type: string;
      event_key: string;
      task_id?: string;
      selected_items?: {
        selected_item: {
          question_key: string;
          option_ids: {
            option_id: string[];
          };
        }[];
      };
    };
  };
}

/** A member says what an answer of the bot was worth, or takes that back. `feedback_event` */
export interface BotFeedbackEvent extends BotEventMessage {
  msgtype: 'event';
  event: {
    eventtype: 'feedback_event';
    feedback_event: {
      id: string;
      type: number;
      content?: string;
      inaccurate_reason_list?: number[];
    };
  };
}

/** A newer long connection has replaced this one; a bot with a callback URL does not get it. `disconnected_event` */
export interface BotDisconnectedEvent extends BotEventMessage {
  msgtype: 'event';
  event: { eventtype: 'disconnected_event' };
}

/** A message of a bot of a type that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface BotOtherMessage extends BotUserMessage, Unlisted<BotUserMessage, BotKnownField> {
  event: never;
}

/** An event of a bot that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface BotOtherEvent extends BotEventMessage {
  event: { eventtype: string; template_card_event: never; feedback_event: never; [field: string]: unknown };
}

type BotKnownField = 'text' | 'quote' | 'image' | 'mixed' | 'voice' | 'file' | 'video' | 'stream' | 'event';

/** A message from a member, to a bot of WeCom. */
export type BotAnyUserMessage =
  | BotTextMessage
  | BotImageMessage
  | BotMixedMessage
  | BotVoiceMessage
  | BotFileMessage
  | BotVideoMessage
  | BotStreamMessage
  | BotOtherMessage;

/** An event of a bot. */
export type BotAnyEvent =
  BotEnterChatEvent | BotTemplateCardEvent | BotFeedbackEvent | BotDisconnectedEvent | BotOtherEvent;

/** Everything WeCom to a bot pushes. Comparing `msgtype`, or `event.eventtype` where it is an event, with a name narrows it. */
export type BotMessage = BotAnyUserMessage | BotAnyEvent;

/** The routes of a message of a bot, and what a handler gets there. */
export interface BotRouteMessages {
  text: BotTextMessage;
  image: BotImageMessage;
  mixed: BotMixedMessage;
  voice: BotVoiceMessage;
  file: BotFileMessage;
  video: BotVideoMessage;
  stream: BotStreamMessage;
  event: BotAnyEvent;
  'event.enter_chat': BotEnterChatEvent;
  'event.template_card_event': BotTemplateCardEvent;
  'event.feedback_event': BotFeedbackEvent;
  'event.disconnected_event': BotDisconnectedEvent;

  default: BotMessage;
}

/** `never` disappears from a union, so after narrowing only the listed member types a listed field. */
type Unlisted<Base, Known extends string> = Record<Exclude<Known, Named<Base>>, never>;

/** The fields of a type but for its index signature. */
type Named<Type> = keyof { [Field in keyof Type as string extends Field ? never : Field]: Type[Field] };
