// Generated from core/messages.json by scripts/generate-messages.js.

/** What every message from a user carries. */
export interface UserMessage {
  MsgType: string;
  Event?: undefined;
  InfoType?: undefined;
  /** The account's original id (`gh_…`). */
  ToUserName: string;
  /** The sender's openid. */
  FromUserName: string;
  /** Seconds since 1970. */
  CreateTime: number;
  /** A 64-bit number, as a string. */
  MsgId: string;
  /** There when the message comes from an article, as is `Idx`. */
  MsgDataId?: string;
  /** Which of several articles, from 1. */
  Idx?: number;
  BusinessId?: string;
}

/** What every event carries. */
export interface EventMessage {
  MsgType: 'event';
  Event: string;
  InfoType?: undefined;
  /** The account's original id (`gh_…`). */
  ToUserName: string;
  /** The user's openid, or a system account. */
  FromUserName: string;
  /** Seconds since 1970. */
  CreateTime: number;
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
}

/** `MsgType` `text`. */
export interface TextMessage extends UserMessage {
  MsgType: 'text';
  Content: string;
  bizmsgmenuid?: string;
  MsgId: string;
}

/** `MsgType` `image`. */
export interface ImageMessage extends UserMessage {
  MsgType: 'image';
  PicUrl: string;
  MediaId: string;
  MsgId: string;
}

/** `MsgType` `voice`. */
export interface VoiceMessage extends UserMessage {
  MsgType: 'voice';
  MediaId: string;
  Format: string;
  MsgId: string;
  MediaId16K?: string;
  Recognition?: string;
}

/** `MsgType` `video`. */
export interface VideoMessage extends UserMessage {
  MsgType: 'video';
  MediaId: string;
  ThumbMediaId: string;
  MsgId: string;
}

/** `MsgType` `shortvideo`. */
export interface ShortvideoMessage extends UserMessage {
  MsgType: 'shortvideo';
  MediaId: string;
  ThumbMediaId: string;
  MsgId: string;
}

/** `MsgType` `location`. */
export interface LocationMessage extends UserMessage {
  MsgType: 'location';
  Location_X: string;
  Location_Y: string;
  Scale: number;
  Label: string;
  MsgId: string;
}

/** `MsgType` `link`. */
export interface LinkMessage extends UserMessage {
  MsgType: 'link';
  Title: string;
  Description: string;
  Url: string;
  MsgId: string;
}

/** `MsgType` `miniprogrampage`. */
export interface MiniprogrampageMessage extends UserMessage {
  MsgType: 'miniprogrampage';
  Title: string;
  AppId: string;
  PagePath: string;
  ThumbUrl: string;
  ThumbMediaId: string;
  MsgId: string;
}

/** `MsgType` `file`. */
export interface FileMessage extends UserMessage {
  MsgType: 'file';
  Title: string;
  Description: string;
  FileKey: string;
  FileMd5: string;
  FileTotalLen: number;
  MsgId: string;
}

/** `Event` `CLICK`. */
export interface ClickEvent extends EventMessage {
  Event: 'CLICK';
  EventKey: string;
}

/** `Event` `LOCATION`. */
export interface LocationEvent extends EventMessage {
  Event: 'LOCATION';
  Latitude: string;
  Longitude: string;
  Precision: string;
}

/** `Event` `scancode_push`. */
export interface ScancodePushEvent extends EventMessage {
  Event: 'scancode_push';
  EventKey: string;
  ScanCodeInfo: {
    ScanType: string;
    ScanResult: string;
  };
}

/** `Event` `SCAN`. */
export interface ScanEvent extends EventMessage {
  Event: 'SCAN';
  EventKey: string;
  Ticket: string;
}

/** `Event` `subscribe`. */
export interface SubscribeEvent extends EventMessage {
  Event: 'subscribe';
  EventKey?: string;
  Ticket?: string;
}

/** `Event` `unsubscribe`. */
export interface UnsubscribeEvent extends EventMessage {
  Event: 'unsubscribe';
}

/** `Event` `user_authorization_revoke`. */
export interface UserAuthorizationRevokeEvent extends EventMessage {
  Event: 'user_authorization_revoke';
  OpenID: string;
  AppID: string;
  RevokeInfo: string;
}

/** `Event` `user_enter_tempsession`. */
export interface UserEnterTempsessionEvent extends EventMessage {
  Event: 'user_enter_tempsession';
  SessionFrom: string;
}

/** `Event` `view_miniprogram`. */
export interface ViewMiniprogramEvent extends EventMessage {
  Event: 'view_miniprogram';
  EventKey: string;
  MenuId: string;
}

/** `Event` `VIEW`. */
export interface ViewEvent extends EventMessage {
  Event: 'VIEW';
  EventKey: string;
}

/** `Event` `subscribe_msg_change_event`. */
export interface SubscribeMsgChangeEvent extends EventMessage {
  Event: 'subscribe_msg_change_event';
  SubscribeMsgChangeEvent: {
    List: {
      TemplateId: string;
      SubscribeStatusString: string;
    }[];
  };
}

/** `Event` `subscribe_msg_popup_event`. */
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

/** `Event` `subscribe_msg_sent_event`. */
export interface SubscribeMsgSentEvent extends EventMessage {
  Event: 'subscribe_msg_sent_event';
  SubscribeMsgSentEvent: {
    List: {
      TemplateId: string;
      MsgID: string;
      ErrorCode: number;
      ErrorStatus: string;
    }[];
  };
}

/** `Event` `PUBLISHJOBFINISH`. */
export interface PublishjobfinishEvent extends EventMessage {
  Event: 'PUBLISHJOBFINISH';
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
    fail_idx?: string[];
  };
}

/** `Event` `MASSSENDJOBFINISH`. */
export interface MasssendjobfinishEvent extends EventMessage {
  Event: 'MASSSENDJOBFINISH';
  MsgID: string;
  Status: string;
  TotalCount: number;
  FilterCount: number;
  SentCount: number;
  ErrorCount: number;
  CopyrightCheckResult: {
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
  ArticleUrlResult: {
    Count: number;
    ResultList: {
      item: {
        ArticleIdx: number;
        ArticleUrl: string;
      }[];
    };
  };
}

/** `Event` `TEMPLATESENDJOBFINISH`. */
export interface TemplatesendjobfinishEvent extends EventMessage {
  Event: 'TEMPLATESENDJOBFINISH';
  MsgID: string;
  Status: string;
}

/** `Event` `user_info_modified`. */
export interface UserInfoModifiedEvent extends EventMessage {
  Event: 'user_info_modified';
  openid: string;
  appid: string;
}

/** `Event` `betaapp_authorization_apply_event`. */
export interface BetaappAuthorizationApplyEvent extends EventMessage {
  Event: 'betaapp_authorization_apply_event';
  ApplyAuthorizationInfoNoitfy: {
    appid: string;
    mp_appid: string;
    status: number;
    msg: string;
    operation_time: number;
  };
}

/** `Event` `betaapp_verify_apply_event`. */
export interface BetaappVerifyApplyEvent extends EventMessage {
  Event: 'betaapp_verify_apply_event';
  ApplyAuthorizationInfoNoitfy: {
    appid: string;
    mp_appid: string;
    status: number;
    operation_time: number;
  };
}

/** `Event` `betaapp_verify_event`. */
export interface BetaappVerifyEvent extends EventMessage {
  Event: 'betaapp_verify_event';
  ApplyAuthorizationInfoNoitfy: {
    appid: string;
    mp_appid: string;
    status: number;
    msg: string;
    operation_time: number;
  };
}

/** `Event` `weapp_audit_delay`. */
export interface WeappAuditDelayEvent extends EventMessage {
  Event: 'weapp_audit_delay';
  Reason: string;
  DelayTime: number;
}

/** `Event` `weapp_audit_fail`. */
export interface WeappAuditFailEvent extends EventMessage {
  Event: 'weapp_audit_fail';
  Reason: string;
  FailTime: number;
  ScreenShot: string;
}

/** `Event` `weapp_audit_success`. */
export interface WeappAuditSuccessEvent extends EventMessage {
  Event: 'weapp_audit_success';
  SuccTime: number;
}

/** `Event` `wxa_appeal_record`. */
export interface WxaAppealRecordEvent extends EventMessage {
  Event: 'wxa_appeal_record';
  appeal_record_id: string;
  appid: string;
  appeal_time: number;
  appeal_count: number;
  appeal_from: number;
  appeal_status: number;
  punish_description: string;
  material: {
    illegal_material: {
      content: string;
      content_url: string;
    };
    appeal_material: {
      reason: string;
      proof_material_id: string[];
    };
  }[];
}

/** `Event` `wxa_category_audit`. */
export interface WxaCategoryAuditEvent extends EventMessage {
  Event: 'wxa_category_audit';
  ret: number;
  first: number;
  second: number;
  reason: string;
}

/** `Event` `wxa_nickname_audit`. */
export interface WxaNicknameAuditEvent extends EventMessage {
  Event: 'wxa_nickname_audit';
  ret: number;
  nickname: string;
  reason: string;
}

/** `Event` `wxa_privacy_apply`. */
export interface WxaPrivacyApplyEvent extends EventMessage {
  Event: 'wxa_privacy_apply';
  result_info: {
    api_name: string;
    apply_time: number;
    audit_id: string;
    audit_time: number;
    reason: string;
    status: number;
  };
}

/** `Event` `wxa_media_check`. */
export interface WxaMediaCheckEvent extends EventMessage {
  Event: 'wxa_media_check';
  appid: string;
  trace_id: string;
  version?: number;
  detail?: {
    strategy: string;
    errcode: number;
    suggest: string;
    label: number;
    prob: string;
  }[];
  result?: {
    suggest: string;
    label: number;
  };
  isrisky?: number;
  extra_info_json?: string;
  status_code?: number;
}

/** `Event` `xpay_coin_pay_notify`. */
export interface XpayCoinPayNotifyEvent extends EventMessage {
  Event: 'xpay_coin_pay_notify';
  OpenId: string;
  OutTradeNo: string;
  Env: number;
  WeChatPayInfo: {
    MchOrderNo: string;
    TransactionId: string;
    PaidTime: number;
  };
  CoinInfo: {
    Quantity: number;
    OrigPrice: number;
    ActualPrice: number;
    Attach: string;
  };
}

/** `Event` `xpay_goods_deliver_notify`. */
export interface XpayGoodsDeliverNotifyEvent extends EventMessage {
  Event: 'xpay_goods_deliver_notify';
  OpenId: string;
  OutTradeNo: string;
  Env: number;
  WeChatPayInfo: {
    MchOrderNo: string;
    TransactionId: string;
    PaidTime: number;
  };
  GoodsInfo: {
    ProductId: string;
    Quantity: number;
    OrigPrice: number;
    ActualPrice: number;
    Attach: string;
  };
}

/** `Event` `xpay_refund_notify`. */
export interface XpayRefundNotifyEvent extends EventMessage {
  Event: 'xpay_refund_notify';
  OpenId: string;
  MchRefundId: string;
  WxRefundId: string;
  MchOrderId: string;
  WxOrderId: string;
  WxpayRefundTransactionId: string;
  RefundFee: number;
  RetCode: number;
  RetMsg: string;
  RefundStartTimestamp: number;
  RefundSuccTimestamp: number;
  RetryTimes: number;
}

/** `Event` `minigame_coin_deliver_completed`. */
export interface MinigameCoinDeliverCompletedEvent extends EventMessage {
  Event: 'minigame_coin_deliver_completed';
  MiniGame: {
    Payload: string;
    PayEventSig: string;
    IsMock: number;
  };
}

/** `Event` `trade_manage_order_settlement`. */
export interface TradeManageOrderSettlementEvent extends EventMessage {
  Event: 'trade_manage_order_settlement';
  shipped_time: number;
  estimated_settlement_time: number;
  confirm_receive_method: number;
  confirm_receive_time: number;
  settlement_time: number;
}

/** `Event` `trade_manage_remind_access_api`. */
export interface TradeManageRemindAccessApiEvent extends EventMessage {
  Event: 'trade_manage_remind_access_api';
  msg: string;
}

/** `Event` `trade_manage_remind_shipping`. */
export interface TradeManageRemindShippingEvent extends EventMessage {
  Event: 'trade_manage_remind_shipping';
  merchant_id: string;
  sub_merchant_id: string;
  merchant_trade_no: string;
  transaction_id: string;
  pay_time: number;
  msg: string;
}

/** `Event` `secvod_audit_event`. */
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

/** `Event` `secvod_upload_event`. */
export interface SecvodUploadEvent extends EventMessage {
  Event: 'secvod_upload_event';
  upload_event: {
    media_id: string;
    source_context: string;
    errcode: number;
    errmsg: string;
  };
}

/** `Event` `secbook_audit_event`. */
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

/** `Event` `wxa_comment_bad_score`. */
export interface WxaCommentBadScoreEvent extends EventMessage {
  Event: 'wxa_comment_bad_score';
  result: {
    comment_id: string;
  };
}

/** `Event` `complaint_callback`. */
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
      content: string;
      media_id_list: string[];
    }[];
  };
}

/** `Event` `add_express_path`. */
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
  }[];
}

/** `Event` `add_single_waybill`. */
export interface AddSingleWaybillEvent extends EventMessage {
  Event: 'add_single_waybill';
  Token: string;
  WXAppId: string;
  CompanyID: string;
  Account: string;
  AccountPwd: string;
  OrderID: string;
  Sender: {
    Name: string;
    Tel: string;
    Mobile: string;
    Province: string;
    City: string;
    Area: string;
    Street: string;
    Address: string;
    Id: string;
  };
  Receiver: {
    Name: string;
    Tel: string;
    Mobile: string;
    Province: string;
    City: string;
    Area: string;
    Street: string;
    Address: string;
    Id: string;
  };
  GoodDetail: {
    Special: number;
    Weight: number;
  };
  Insured: {
    UseInsured: number;
    InsuredValue: number;
  };
  Remark: string;
  Settingment: number;
  ExpectStartTime: number;
  ExpectEndTime: number;
  PickUpStartTime: number;
  PickUpEndTime: number;
  Scene: number;
}

/** `Event` `add_waybill`. */
export interface AddWaybillEvent extends EventMessage {
  Event: 'add_waybill';
  Token: string;
  OrderID: string;
  BizID: string;
  BizPwd: string;
  ShopAppID: string;
  WayBillID: string;
  Remark: string;
  Sender: {
    Name: string;
    Tel: string;
    Mobile: string;
    Company: string;
    PostCode: string;
    Country: string;
    Province: string;
    City: string;
    Area: string;
    Address: string;
  };
  Receiver: {
    Name: string;
    Tel: string;
    Mobile: string;
    Company: string;
    PostCode: string;
    Country: string;
    Province: string;
    City: string;
    Area: string;
    Address: string;
  };
  Cargo: {
    Weight: number;
    Space_X: number;
    Space_Y: number;
    Space_Z: number;
    Count: number;
    DetailList: {
      Name: string;
      Count: number;
    }[];
  };
  Insured: {
    UseInsured: number;
    InsuredValue: number;
  };
  Service: {
    ServiceType: number;
    ServiceName: string;
  };
}

/** `Event` `cancel_single_waybill`. */
export interface CancelSingleWaybillEvent extends EventMessage {
  Event: 'cancel_single_waybill';
  Token: string;
  WXAppId: string;
  OrderID: string;
  WayBillID: string;
  CancelID: string;
  CancelReason: string;
}

/** `Event` `cancel_waybill`. */
export interface CancelWaybillEvent extends EventMessage {
  Event: 'cancel_waybill';
  BizID: string;
  BizPwd: string;
  ShopAppID: string;
  OrderID: string;
  WayBillID: string;
}

/** `Event` `check_biz`. */
export interface CheckBizEvent extends EventMessage {
  Event: 'check_biz';
  BizID: string;
  BizPwd: string;
  ShopAppID: string;
  ShopName: string;
  ShopTelphone: string;
  ShopContact: string;
  ServiceName: string;
  SenderProvince: string;
  SenderCity: string;
  SenderArea: string;
  SenderAddress: string;
}

/** `Event` `get_quota`. */
export interface GetQuotaEvent extends EventMessage {
  Event: 'get_quota';
  BizID: string;
  BizPwd: string;
  ShopAppID: string;
}

/** `Event` `notify_single_waybill_pay`. */
export interface NotifySingleWaybillPayEvent extends EventMessage {
  Event: 'notify_single_waybill_pay';
  Token: string;
  WXAppId: string;
  OrderID: string;
  WayBillID: string;
  Fee: number;
  OriginalFee: number;
  PayOrderId: string;
  PayFinishTime: number;
}

/** `Event` `query_single_waybill`. */
export interface QuerySingleWaybillEvent extends EventMessage {
  Event: 'query_single_waybill';
  Token: string;
  WXAppId: string;
  OrderID: string;
  WayBillID: string;
}

/** `Event` `query_single_waybill_fee`. */
export interface QuerySingleWaybillFeeEvent extends EventMessage {
  Event: 'query_single_waybill_fee';
  Sender: {
    Name: string;
    Tel: string;
    Mobile: string;
    Province: string;
    City: string;
    Area: string;
    Street: string;
    Address: string;
    Id: string;
  };
  Receiver: {
    Name: string;
    Tel: string;
    Mobile: string;
    Province: string;
    City: string;
    Area: string;
    Street: string;
    Address: string;
    Id: string;
  };
  GoodDetail: {
    Special: number;
    Weight: number;
  };
  Scene: number;
}

/** `Event` `remind_waybill`. */
export interface RemindWaybillEvent extends EventMessage {
  Event: 'remind_waybill';
  Token: string;
  WXAppId: string;
  OrderID: string;
  WayBillID: string;
}

/** `Event` `update_business_bind_result`. */
export interface UpdateBusinessBindResultEvent extends EventMessage {
  Event: 'update_business_bind_result';
  delivery_id: string;
  biz_id: string;
}

/** `Event` `waybill_complaint`. */
export interface WaybillComplaintEvent extends EventMessage {
  Event: 'waybill_complaint';
  Token: string;
  WXAppId: string;
  OrderID: string;
  WayBillID: string;
  ComplainType: number;
  Content: string;
  Pic: string;
  Name: string;
  Phone: string;
}

/** `Event` `waybill_evaluate_agent`. */
export interface WaybillEvaluateAgentEvent extends EventMessage {
  Event: 'waybill_evaluate_agent';
  Token: string;
  WXAppId: string;
  OrderID: string;
  WayBillID: string;
  CourierType: number;
  Score: number;
}

/** `Event` `waybill_query_expect_time_range`. */
export interface WaybillQueryExpectTimeRangeEvent extends EventMessage {
  Event: 'waybill_query_expect_time_range';
  WXAppId: string;
  Province: string;
  City: string;
  Area: string;
  Street: string;
  Address: string;
  Id: string;
}

/** `Event` `cancel_auth_account`. */
export interface CancelAuthAccountEvent extends EventMessage {
  Event: 'cancel_auth_account';
  shopid: string;
  wx_appid: string;
}

/** `Event` `get_auth_info`. */
export interface GetAuthInfoEvent extends EventMessage {
  Event: 'get_auth_info';
  wx_appid: string;
  code: string;
}

/** `Event` `get_pre_auth_code`. */
export interface GetPreAuthCodeEvent extends EventMessage {
  Event: 'get_pre_auth_code';
  wx_appid: string;
}

/** `Event` `mock_update_order_status`. */
export interface MockUpdateOrderStatusEvent extends EventMessage {
  Event: 'mock_update_order_status';
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  waybill_id: string;
  delivery_sign: string;
  order_status: number;
  action_time: number;
  action_msg: string;
}

/** `Event` `transport_add_order`. */
export interface TransportAddOrderEvent extends EventMessage {
  Event: 'transport_add_order';
  wx_token: string;
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  sender: {
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
    goods_value: number;
    goods_height?: number;
    goods_length?: number;
    goods_width?: number;
    goods_weight: number;
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
    declared_value?: number;
    tips?: number;
    is_direct_delivery?: number;
    cash_on_delivery?: number;
    cash_on_pickup?: number;
    rider_pick_method?: number;
    is_finish_code_needed?: number;
    is_pickup_code_needed?: number;
  };
}

/** `Event` `transport_add_tips`. */
export interface TransportAddTipsEvent extends EventMessage {
  Event: 'transport_add_tips';
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  waybill_id: string;
  tips: number;
  remark: string;
}

/** `Event` `transport_cancel_order`. */
export interface TransportCancelOrderEvent extends EventMessage {
  Event: 'transport_cancel_order';
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  waybill_id: string;
  cancel_reason_id: string;
  cancel_reason: string;
}

/** `Event` `transport_confirm_return_to_biz`. */
export interface TransportConfirmReturnToBizEvent extends EventMessage {
  Event: 'transport_confirm_return_to_biz';
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  waybill_id: string;
}

/** `Event` `transport_get_agent_pos`. */
export interface TransportGetAgentPosEvent extends EventMessage {
  Event: 'transport_get_agent_pos';
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  waybill_id: string;
}

/** `Event` `transport_precancel_order`. */
export interface TransportPrecancelOrderEvent extends EventMessage {
  Event: 'transport_precancel_order';
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  waybill_id: string;
  cancel_reason_id: string;
  cancel_reason: string;
}

/** `Event` `transport_precreate_order`. */
export interface TransportPrecreateOrderEvent extends EventMessage {
  Event: 'transport_precreate_order';
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  sender: {
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
    goods_value: number;
    goods_height?: number;
    goods_length?: number;
    goods_width?: number;
    goods_weight: number;
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
    declared_value?: number;
    tips?: number;
    is_direct_delivery?: number;
    cash_on_delivery?: number;
    cash_on_pickup?: number;
    rider_pick_method?: number;
    is_finish_code_needed?: number;
    is_pickup_code_needed?: number;
  };
}

/** `Event` `transport_query_order_status`. */
export interface TransportQueryOrderStatusEvent extends EventMessage {
  Event: 'transport_query_order_status';
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  waybill_id: string;
}

/** `Event` `transport_readd_order`. */
export interface TransportReaddOrderEvent extends EventMessage {
  Event: 'transport_readd_order';
  wx_token: string;
  shopid: string;
  shop_order_id: string;
  shop_no: string;
  delivery_sign: string;
  sender: {
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
    goods_value: number;
    goods_height?: number;
    goods_length?: number;
    goods_width?: number;
    goods_weight: number;
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
    declared_value?: number;
    tips?: number;
    is_direct_delivery?: number;
    cash_on_delivery?: number;
    cash_on_pickup?: number;
    rider_pick_method?: number;
    is_finish_code_needed?: number;
    is_pickup_code_needed?: number;
  };
}

/** `Event` `transport_set_rider_score`. */
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

/** `Event` `update_waybill_status`. */
export interface UpdateWaybillStatusEvent extends EventMessage {
  Event: 'update_waybill_status';
  shopid: string;
  shop_order_id: string;
  waybill_id: string;
  action_time: number;
  order_status: number;
  action_msg: string;
  shop_no: string;
  agent: {
    name: string;
    phone: string;
  };
}

/** `Event` `guide_qrcode_scan_event`. */
export interface GuideQrcodeScanEvent extends EventMessage {
  Event: 'guide_qrcode_scan_event';
  GuideScanEvent: {
    qrcode_guide_account: string;
    qrcode_guide_openid: string;
    openid: string;
    action: number;
    qrcode_info: string;
  };
}

/** `Event` `annual_renew`. */
export interface AnnualRenewEvent extends EventMessage {
  Event: 'annual_renew';
  ExpiredTime: number;
}

/** `Event` `naming_verify_fail`. */
export interface NamingVerifyFailEvent extends EventMessage {
  Event: 'naming_verify_fail';
  FailTime: number;
  FailReason: string;
}

/** `Event` `naming_verify_success`. */
export interface NamingVerifySuccessEvent extends EventMessage {
  Event: 'naming_verify_success';
  ExpiredTime: number;
}

/** `Event` `qualification_verify_fail`. */
export interface QualificationVerifyFailEvent extends EventMessage {
  Event: 'qualification_verify_fail';
  FailTime: number;
  FailReason: string;
}

/** `Event` `qualification_verify_success`. */
export interface QualificationVerifySuccessEvent extends EventMessage {
  Event: 'qualification_verify_success';
  ExpiredTime: number;
}

/** `Event` `verify_expired`. */
export interface VerifyExpiredEvent extends EventMessage {
  Event: 'verify_expired';
  ExpiredTime: number;
}

/** `Event` `card_merchant_check_result`. */
export interface CardMerchantCheckResultEvent extends EventMessage {
  Event: 'card_merchant_check_result';
  MerchantId: string;
  IsPass: number;
  Reason: string;
}

/** `Event` `card_not_pass_check`. */
export interface CardNotPassCheckEvent extends EventMessage {
  Event: 'card_not_pass_check';
  CardId: string;
  RefuseReason: string;
}

/** `Event` `card_pass_check`. */
export interface CardPassCheckEvent extends EventMessage {
  Event: 'card_pass_check';
  CardId: string;
}

/** `Event` `card_sku_remind`. */
export interface CardSkuRemindEvent extends EventMessage {
  Event: 'card_sku_remind';
  CardId: string;
  Detail: string;
}

/** `Event` `giftcard_pay_done`. */
export interface GiftcardPayDoneEvent extends EventMessage {
  Event: 'giftcard_pay_done';
  PageId: string;
  OrderId: string;
}

/** `Event` `giftcard_send_to_friend`. */
export interface GiftcardSendToFriendEvent extends EventMessage {
  Event: 'giftcard_send_to_friend';
  PageId: string;
  OrderId: string;
  IsChatRoom: number;
  IsReturnBack: number;
}

/** `Event` `giftcard_user_accept`. */
export interface GiftcardUserAcceptEvent extends EventMessage {
  Event: 'giftcard_user_accept';
  PageId: string;
  OrderId: string;
  IsChatRoom: number;
}

/** `Event` `ORDER_STATUS_FINANCE_SUCC`. */
export interface OrderStatusFinanceSuccEvent extends EventMessage {
  Event: 'ORDER_STATUS_FINANCE_SUCC';
  OrderId: string;
  Status: string;
  CreateOrderTime: number;
  PayFinishTime: number;
  Desc: string;
  FreeCoinCount: number;
  PayCoinCount: number;
  RefundFreeCoinCount: number;
  RefundPayCoinCount: number;
  OrderType: string;
  Memo: string;
  ReceiptInfo: string;
}

/** `Event` `submit_membercard_user_info`. */
export interface SubmitMembercardUserInfoEvent extends EventMessage {
  Event: 'submit_membercard_user_info';
  CardId: string;
  UserCardCode: string;
}

/** `Event` `update_member_card`. */
export interface UpdateMemberCardEvent extends EventMessage {
  Event: 'update_member_card';
  CardId: string;
  UserCardCode: string;
  ModifyBonus: number;
  ModifyBalance: number;
}

/** `Event` `user_consume_card`. */
export interface UserConsumeCardEvent extends EventMessage {
  Event: 'user_consume_card';
  CardId: string;
  UserCardCode: string;
  ConsumeSource: string;
  LocationName: string;
  StaffOpenId: string;
  VerifyCode: string;
  RemarkAmount: number;
  OuterStr: string;
}

/** `Event` `user_del_card`. */
export interface UserDelCardEvent extends EventMessage {
  Event: 'user_del_card';
  CardId: string;
  UserCardCode: string;
}

/** `Event` `user_enter_session_from_card`. */
export interface UserEnterSessionFromCardEvent extends EventMessage {
  Event: 'user_enter_session_from_card';
  CardId: string;
  UserCardCode: string;
}

/** `Event` `user_get_card`. */
export interface UserGetCardEvent extends EventMessage {
  Event: 'user_get_card';
  CardId: string;
  IsGiveByFriend: number;
  UserCardCode: string;
  FriendUserName: string;
  OuterId: string;
  OldUserCardCode: string;
  OuterStr: string;
  IsRestoreMemberCard: number;
  IsRecommendByFriend: number;
  UnionId: string;
}

/** `Event` `user_gifting_card`. */
export interface UserGiftingCardEvent extends EventMessage {
  Event: 'user_gifting_card';
  CardId: string;
  UserCardCode: string;
  IsReturnBack: number;
  FriendUserName: string;
  IsChatRoom: number;
}

/** `Event` `user_pay_from_pay_cell`. */
export interface UserPayFromPayCellEvent extends EventMessage {
  Event: 'user_pay_from_pay_cell';
  CardId: string;
  UserCardCode: string;
  TransId: string;
  LocationId: string;
  Fee: number;
  OriginalFee: number;
}

/** `Event` `user_view_card`. */
export interface UserViewCardEvent extends EventMessage {
  Event: 'user_view_card';
  CardId: string;
  UserCardCode: string;
  OuterStr: string;
}

/** `Event` `cloud_invoice_invoiceresult_event`. */
export interface CloudInvoiceInvoiceresultEvent extends EventMessage {
  Event: 'cloud_invoice_invoiceresult_event';
  fpqqlsh: string;
  status: number;
  nsrsbh: string;
}

/** `Event` `submit_invoice_title`. */
export interface SubmitInvoiceTitleEvent extends EventMessage {
  Event: 'submit_invoice_title';
  title: string;
  tax_no: string;
  addr: string;
  phone: string;
  bank_type: string;
  bank_no: string;
  attach: string;
  title_type: string;
}

/** `Event` `update_invoice_status`. */
export interface UpdateInvoiceStatusEvent extends EventMessage {
  Event: 'update_invoice_status';
  Status: string;
  CardId: string;
  Code: string;
}

/** `Event` `user_authorize_invoice`. */
export interface UserAuthorizeInvoiceEvent extends EventMessage {
  Event: 'user_authorize_invoice';
  SuccOrderId: string;
  FailOrderId: string;
  Source: string;
}

/** `Event` `create_map_poi_audit_info`. */
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

/** `Event` `merchant_order`. */
export interface MerchantOrderEvent extends EventMessage {
  Event: 'merchant_order';
  OrderId: string;
  OrderStatus: number;
  ProductId: string;
  SkuInfo: string;
}

/** `Event` `aftersale_complaint_update_order_state`. */
export interface AftersaleComplaintUpdateOrderStateEvent extends EventMessage {
  Event: 'aftersale_complaint_update_order_state';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_merchant_confirm_receipt_overdue`. */
export interface AftersaleMerchantConfirmReceiptOverdueEvent extends EventMessage {
  Event: 'aftersale_merchant_confirm_receipt_overdue';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_merchant_handle_refund_overdue`. */
export interface AftersaleMerchantHandleRefundOverdueEvent extends EventMessage {
  Event: 'aftersale_merchant_handle_refund_overdue';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_merchant_handle_return_overdue`. */
export interface AftersaleMerchantHandleReturnOverdueEvent extends EventMessage {
  Event: 'aftersale_merchant_handle_return_overdue';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_new_order`. */
export interface AftersaleNewOrderEvent extends EventMessage {
  Event: 'aftersale_new_order';
  aftersale_info: {
    aftersale_id: string;
    order_id: string;
    out_order_id: string;
  };
}

/** `Event` `aftersale_refund_success`. */
export interface AftersaleRefundSuccessEvent extends EventMessage {
  Event: 'aftersale_refund_success';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_update_order`. */
export interface AftersaleUpdateOrderEvent extends EventMessage {
  Event: 'aftersale_update_order';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_user_apply_platform_judge_overdue`. */
export interface AftersaleUserApplyPlatformJudgeOverdueEvent extends EventMessage {
  Event: 'aftersale_user_apply_platform_judge_overdue';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_user_cancel`. */
export interface AftersaleUserCancelEvent extends EventMessage {
  Event: 'aftersale_user_cancel';
  aftersale_info?: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
  complaint_info?: {
    complaint_order_id: string;
    state: number;
    event: number;
  };
}

/** `Event` `aftersale_user_confirm_refund_certificate`. */
export interface AftersaleUserConfirmRefundCertificateEvent extends EventMessage {
  Event: 'aftersale_user_confirm_refund_certificate';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_user_modify_return_info`. */
export interface AftersaleUserModifyReturnInfoEvent extends EventMessage {
  Event: 'aftersale_user_modify_return_info';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_user_upload_return_info_overdue`. */
export interface AftersaleUserUploadReturnInfoOverdueEvent extends EventMessage {
  Event: 'aftersale_user_upload_return_info_overdue';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_wait_merchant_confirm_receipt`. */
export interface AftersaleWaitMerchantConfirmReceiptEvent extends EventMessage {
  Event: 'aftersale_wait_merchant_confirm_receipt';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `aftersale_wait_merchant_offline_refund`. */
export interface AftersaleWaitMerchantOfflineRefundEvent extends EventMessage {
  Event: 'aftersale_wait_merchant_offline_refund';
  aftersale_info: {
    aftersale_id: string;
    out_aftersale_id: string;
  };
}

/** `Event` `funds_order_pay`. */
export interface FundsOrderPayEvent extends EventMessage {
  Event: 'funds_order_pay';
  order_info: {
    trade_no: string;
    transaction_id: string;
    pay_time: number;
  };
}

/** `Event` `funds_order_profitsharing`. */
export interface FundsOrderProfitsharingEvent extends EventMessage {
  Event: 'funds_order_profitsharing';
  order_info: {
    profit_sharing_no: string;
    amount: number;
    result: number;
    finish_time: number;
  };
}

/** `Event` `funds_order_refund`. */
export interface FundsOrderRefundEvent extends EventMessage {
  Event: 'funds_order_refund';
  order_info: {
    refund_no: string;
    status: number;
    success_time: number;
  };
}

/** `Event` `miniprogram_sharer_action`. */
export interface MiniprogramSharerActionEvent extends EventMessage {
  Event: 'miniprogram_sharer_action';
  type: number;
  openid: string;
  promoter: {
    finder_nickname: string;
    promoter_id: string;
    promoter_openid: string;
  };
}

/** `Event` `miniprogram_sharer_bind_status_change`. */
export interface MiniprogramSharerBindStatusChangeEvent extends EventMessage {
  Event: 'miniprogram_sharer_bind_status_change';
  openid: string;
  bind_status: number;
}

/** `Event` `open_product_account_register`. */
export interface OpenProductAccountRegisterEvent extends EventMessage {
  Event: 'open_product_account_register';
  OpenProductAccountRegister: {
    status: number;
  };
}

/** `Event` `open_product_brand_audit`. */
export interface OpenProductBrandAuditEvent extends EventMessage {
  Event: 'open_product_brand_audit';
  QualificationAuditResult: {
    audit_id: string;
    status: number;
    audit_type: number;
    reject_reason: string;
    brand_id: string;
  };
}

/** `Event` `open_product_category_audit`. */
export interface OpenProductCategoryAuditEvent extends EventMessage {
  Event: 'open_product_category_audit';
  QualificationAuditResult: {
    audit_id: string;
    status: number;
    audit_type: number;
    reject_reason: string;
  };
}

/** `Event` `open_product_order_analyze`. */
export interface OpenProductOrderAnalyzeEvent extends EventMessage {
  Event: 'open_product_order_analyze';
  order_info: {
    order_id: string;
    out_order_id: string;
    openid: string;
  };
}

/** `Event` `open_product_order_cancel`. */
export interface OpenProductOrderCancelEvent extends EventMessage {
  Event: 'open_product_order_cancel';
  order_info: {
    out_order_id: string;
    order_id: string;
  };
}

/** `Event` `open_product_order_confirm`. */
export interface OpenProductOrderConfirmEvent extends EventMessage {
  Event: 'open_product_order_confirm';
  order_info: {
    out_order_id: string;
    order_id: string;
  };
}

/** `Event` `open_product_order_pay`. */
export interface OpenProductOrderPayEvent extends EventMessage {
  Event: 'open_product_order_pay';
  order_info: {
    out_order_id: string;
    order_id: string;
    transaction_id: string;
    pay_time: number;
  };
}

/** `Event` `open_product_order_refund`. */
export interface OpenProductOrderRefundEvent extends EventMessage {
  Event: 'open_product_order_refund';
  order_info: {
    out_order_id: string;
    order_id: string;
  };
}

/** `Event` `open_product_order_settle`. */
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

/** `Event` `open_product_receive_coupon`. */
export interface OpenProductReceiveCouponEvent extends EventMessage {
  Event: 'open_product_receive_coupon';
  out_coupon_id: string;
  request_id: string;
}

/** `Event` `open_product_spu_audit`. */
export interface OpenProductSpuAuditEvent extends EventMessage {
  Event: 'open_product_spu_audit';
  OpenProductSpuAudit: {
    out_product_id: string;
    product_id: string;
    status: number;
    reject_reason: string;
  };
}

/** `Event` `open_product_spu_status_update`. */
export interface OpenProductSpuStatusUpdateEvent extends EventMessage {
  Event: 'open_product_spu_status_update';
  OpenProductSpuAudit: {
    out_product_id: string;
    product_id: string;
    status: number;
    reject_reason: string;
  };
}

/** `Event` `open_product_scene_group_audit`. */
export interface OpenProductSceneGroupAuditEvent extends EventMessage {
  Event: 'open_product_scene_group_audit';
  SceneGroupAudit: {
    group_id: string;
    reason: string;
    name: string;
    scene_group_ext_list: {
      ext_id: string;
      status: number;
      name: string;
    }[];
  };
}

/** `Event` `withdraw_notify`. */
export interface WithdrawNotifyEvent extends EventMessage {
  Event: 'withdraw_notify';
  withdraw_info: {
    out_request_no: string;
    event: number;
  };
}

/** `Event` `channels_ec_aftersale_update`. */
export interface ChannelsEcAftersaleUpdateEvent extends EventMessage {
  Event: 'channels_ec_aftersale_update';
  finder_shop_aftersale_status_update: {
    status: number;
    after_sale_order_id: string;
    order_id: string;
    wxa_vip_discounted_price: number;
  };
}

/** `Event` `channels_ec_brand`. */
export interface ChannelsEcBrandEvent extends EventMessage {
  Event: 'channels_ec_brand';
  BrandEvent: {
    brand_id: string;
    audit_id: string;
    status: number;
    reason: string;
  };
}

/** `Event` `channels_ec_complaint_update`. */
export interface ChannelsEcComplaintUpdateEvent extends EventMessage {
  Event: 'channels_ec_complaint_update';
  finder_shop_complaint: {
    complaint_status: number;
    after_sale_order_id: string;
    complaint_id: string;
    order_id: string;
  };
}

/** `Event` `channels_ec_coupon_receive`. */
export interface ChannelsEcCouponReceiveEvent extends EventMessage {
  Event: 'channels_ec_coupon_receive';
  receive_info: {
    coupon_id: string;
    user_coupon_id: string;
    receive_time: number;
  };
}

/** `Event` `channels_ec_guarantee_update`. */
export interface ChannelsEcGuaranteeUpdateEvent extends EventMessage {
  Event: 'channels_ec_guarantee_update';
  finder_shop_guarantee_status_update: {
    status: number;
    guarantee_order_id: string;
    order_id: string;
  };
}

/** `Event` `head_supplier_item_update`. */
export interface HeadSupplierItemUpdateEvent extends EventMessage {
  Event: 'head_supplier_item_update';
  item_info: {
    event_type: number;
    appid: string;
    product_id: string;
    version: number;
    update_fields: string[];
  };
}

/** `Event` `channels_ec_order_cancel`. */
export interface ChannelsEcOrderCancelEvent extends EventMessage {
  Event: 'channels_ec_order_cancel';
  order_info: {
    order_id: string;
    cancel_type: number;
  };
}

/** `Event` `channels_ec_order_confirm`. */
export interface ChannelsEcOrderConfirmEvent extends EventMessage {
  Event: 'channels_ec_order_confirm';
  order_info: {
    order_id: string;
    confirm_type: number;
  };
}

/** `Event` `channels_ec_order_deliver`. */
export interface ChannelsEcOrderDeliverEvent extends EventMessage {
  Event: 'channels_ec_order_deliver';
  order_info: {
    order_id: string;
    finish_delivery: number;
  };
}

/** `Event` `channels_ec_order_ext_info_update`. */
export interface ChannelsEcOrderExtInfoUpdateEvent extends EventMessage {
  Event: 'channels_ec_order_ext_info_update';
  order_info: {
    order_id: string;
    type: number;
  };
}

/** `Event` `channels_ec_order_new`. */
export interface ChannelsEcOrderNewEvent extends EventMessage {
  Event: 'channels_ec_order_new';
  order_info: {
    order_id: string;
  };
}

/** `Event` `channels_ec_order_pay`. */
export interface ChannelsEcOrderPayEvent extends EventMessage {
  Event: 'channels_ec_order_pay';
  order_info: {
    order_id: string;
    pay_time: number;
  };
}

/** `Event` `channels_ec_order_settle`. */
export interface ChannelsEcOrderSettleEvent extends EventMessage {
  Event: 'channels_ec_order_settle';
  order_info: {
    order_id: string;
    settle_time: number;
  };
}

/** `Event` `channels_ec_present_aftersale_update`. */
export interface ChannelsEcPresentAftersaleUpdateEvent extends EventMessage {
  Event: 'channels_ec_present_aftersale_update';
  finder_shop_present_aftersale_status_update: {
    status: number;
    after_sale_order_id: string;
    order_id: string;
  };
}

/** `Event` `product_category_audit`. */
export interface ProductCategoryAuditEvent extends EventMessage {
  Event: 'product_category_audit';
  ProductCategoryAudit: {
    audit_id: string;
    status: number;
    reason: string;
  };
}

/** `Event` `product_order_status_update`. */
export interface ProductOrderStatusUpdateEvent extends EventMessage {
  Event: 'product_order_status_update';
  ProductOrderStatusUpdate: {
    order_id: string;
    status: number;
  };
}

/** `Event` `product_spu_audit`. */
export interface ProductSpuAuditEvent extends EventMessage {
  Event: 'product_spu_audit';
  ProductSpuAudit: {
    product_id: string;
    status: number;
    reason: string;
    audit_info: string;
  };
}

/** `Event` `product_spu_listing`. */
export interface ProductSpuListingEvent extends EventMessage {
  Event: 'product_spu_listing';
  ProductSpuListing: {
    product_id: string;
    status: number;
    reason: string;
  };
}

/** `Event` `product_spu_update`. */
export interface ProductSpuUpdateEvent extends EventMessage {
  Event: 'product_spu_update';
  ProductSpuUpdate: {
    product_id: string;
    status: number;
  };
}

/** `Event` `channels_ec_sharer_change`. */
export interface ChannelsEcSharerChangeEvent extends EventMessage {
  Event: 'channels_ec_sharer_change';
  bind_status: number;
  openid: string;
  sharer_type: number;
}

/** `Event` `channels_ec_stock_no_enough`. */
export interface ChannelsEcStockNoEnoughEvent extends EventMessage {
  Event: 'channels_ec_stock_no_enough';
  channels_ec_stock_no_enough: {
    product_id: string;
    sku_id: string;
    remaining_stock_amount: number;
    remaining_code_amount: number;
  };
}

/** `Event` `channels_ec_vip_user_auto_add`. */
export interface ChannelsEcVipUserAutoAddEvent extends EventMessage {
  Event: 'channels_ec_vip_user_auto_add';
  info: {
    shop_appid: string;
    outer_userid: string;
    identity: number;
    add_time: number;
  };
}

/** `Event` `channels_ec_vip_user_info_get`. */
export interface ChannelsEcVipUserInfoGetEvent extends EventMessage {
  Event: 'channels_ec_vip_user_info_get';
  info: {
    shop_appid: string;
  };
}

/** `Event` `dropship_order_cancel`. */
export interface DropshipOrderCancelEvent extends EventMessage {
  Event: 'dropship_order_cancel';
  ds_order_id: string;
}

/** `Event` `dropship_order_new`. */
export interface DropshipOrderNewEvent extends EventMessage {
  Event: 'dropship_order_new';
  ds_order_id: string;
}

/** `Event` `dropship_order_update`. */
export interface DropshipOrderUpdateEvent extends EventMessage {
  Event: 'dropship_order_update';
  ds_order_id: string;
  update_time: number;
}

/** `Event` `ewaybill_push_path`. */
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

/** `Event` `cooperation_shop_order`. */
export interface CooperationShopOrderEvent extends EventMessage {
  Event: 'cooperation_shop_order';
  EventData: {
    shop_appid: string;
    order_id: string;
  };
}

/** `Event` `scancode_waitmsg`. */
export interface ScancodeWaitmsgEvent extends EventMessage {
  Event: 'scancode_waitmsg';
  EventKey: string;
  ScanCodeInfo: {
    ScanType: string;
    ScanResult: string;
  };
}

/** `Event` `pic_sysphoto`. */
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

/** `Event` `pic_photo_or_album`. */
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

/** `Event` `pic_weixin`. */
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

/** `Event` `location_select`. */
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

/** `Event` `card_pay_order`. */
export interface CardPayOrderEvent extends EventMessage {
  Event: 'card_pay_order';
  OrderId: string;
  Status: string;
  CreateOrderTime: number;
  PayFinishTime: number;
  Desc: string;
  FreeCoinCount: number;
  PayCoinCount: number;
  RefundFreeCoinCount: number;
  RefundPayCoinCount: number;
  OrderType: string;
  Memo: string;
  ReceiptInfo: string;
}

/** `Event` `kf_create_session`. */
export interface KfCreateSessionEvent extends EventMessage {
  Event: 'kf_create_session';
  KfAccount: string;
}

/** `Event` `kf_close_session`. */
export interface KfCloseSessionEvent extends EventMessage {
  Event: 'kf_close_session';
  KfAccount: string;
}

/** `Event` `kf_switch_session`. */
export interface KfSwitchSessionEvent extends EventMessage {
  Event: 'kf_switch_session';
  FromKfAccount: string;
  ToKfAccount: string;
}

/** `Event` `wxa_illegal_record`. */
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

/** `Event` `wx_verify_pay_succ`. */
export interface WxVerifyPaySuccEvent extends EventMessage {
  Event: 'wx_verify_pay_succ';
}

/** `Event` `wx_verify_dispatch`. */
export interface WxVerifyDispatchEvent extends EventMessage {
  Event: 'wx_verify_dispatch';
}

/** `Event` `wxa_trade_controlled`. */
export interface WxaTradeControlledEvent extends EventMessage {
  Event: 'wxa_trade_controlled';
}

/** `Event` `debug_demo`. */
export interface DebugDemoEvent extends EventMessage {
  Event: 'debug_demo';
  debug_str: string;
}

/** `Event` `xpay_complaint_notify`. */
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

/** `Event` `xpay_wxpay_callback_notify`. */
export interface XpayWxpayCallbackNotifyEvent extends EventMessage {
  Event: 'xpay_wxpay_callback_notify';
  AppId: string;
  NickName: string;
  MerchantCode: string;
  MerchantCompanyName: string;
  BusinessTime: number;
  BusinessCode: string;
  BusinessState: string;
  Remark: string;
  EventType: string;
  RetryTimes: number;
}

/** `Event` `xpay_subscribe_signing_result_notify`. */
export interface XpaySubscribeSigningResultNotifyEvent extends EventMessage {
  Event: 'xpay_subscribe_signing_result_notify';
}

/** `Event` `xpay_subscribe_pay_fail_notify`. */
export interface XpaySubscribePayFailNotifyEvent extends EventMessage {
  Event: 'xpay_subscribe_pay_fail_notify';
}

/** `Event` `xpay_subscribe_ios_refund_query_notify`. */
export interface XpaySubscribeIosRefundQueryNotifyEvent extends EventMessage {
  Event: 'xpay_subscribe_ios_refund_query_notify';
  refund_time: number;
  order_time: number;
  channel_bill: string;
  bundleid: string;
  product_id: string;
  p_count: string;
  refund_request_reason: string;
  provide_status: string;
  pay_order_id: string;
}

/** `Event` `minigame_game_pay_goods_deliver_notify`. */
export interface MinigameGamePayGoodsDeliverNotifyEvent extends EventMessage {
  Event: 'minigame_game_pay_goods_deliver_notify';
  MiniGame: {
    Payload: string;
    PayEventSig: string;
    IsMock: number;
  };
}

/** `Event` `minigame_h5_goods_deliver_notify`. */
export interface MinigameH5GoodsDeliverNotifyEvent extends EventMessage {
  Event: 'minigame_h5_goods_deliver_notify';
  MiniGame: {
    Payload: string;
    PayEventSig: string;
    IsMock: number;
  };
}

/** `Event` `minigame_deliver_h5_pay_products`. */
export interface MinigameDeliverH5PayProductsEvent extends EventMessage {
  Event: 'minigame_deliver_h5_pay_products';
  MiniGame: {
    Payload: string;
    PayEventSig: string;
    IsMock: number;
  };
}

/** `InfoType` `authorized`. */
export interface AuthorizedInfo extends InfoMessage {
  InfoType: 'authorized';
  AuthorizerAppid: string;
  PreAuthCode: string;
  AuthorizationCode: string;
  AuthorizationCodeExpiredTime: number;
}

/** `InfoType` `unauthorized`. */
export interface UnauthorizedInfo extends InfoMessage {
  InfoType: 'unauthorized';
  AuthorizerAppid: string;
}

/** `InfoType` `updateauthorized`. */
export interface UpdateauthorizedInfo extends InfoMessage {
  InfoType: 'updateauthorized';
  AuthorizerAppid: string;
  PreAuthCode: string;
  AuthorizationCode: string;
  AuthorizationCodeExpiredTime: number;
}

/** `InfoType` `component_verify_ticket`. */
export interface ComponentVerifyTicketInfo extends InfoMessage {
  InfoType: 'component_verify_ticket';
  ComponentVerifyTicket: string;
}

/** `InfoType` `notify_apply_icpfiling_result`. */
export interface NotifyApplyIcpfilingResultInfo extends InfoMessage {
  InfoType: 'notify_apply_icpfiling_result';
  authorizer_appid: string;
  beian_status: number;
}

/** `InfoType` `notify_third_fastregisterbetaapp`. */
export interface NotifyThirdFastregisterbetaappInfo extends InfoMessage {
  InfoType: 'notify_third_fastregisterbetaapp';
  appid: string;
  status: number;
  msg: string;
  info: {
    unique_id: string;
    name: string;
  };
}

/** `InfoType` `notify_third_fasteregister`. */
export interface NotifyThirdFasteregisterInfo extends InfoMessage {
  InfoType: 'notify_third_fasteregister';
  appid: string;
  status: number;
  auth_code: string;
  msg: string;
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

/** `InfoType` `notify_third_fastverifybetaapp`. */
export interface NotifyThirdFastverifybetaappInfo extends InfoMessage {
  InfoType: 'notify_third_fastverifybetaapp';
  appid: string;
  status: number;
  msg: string;
  info: {
    name: string;
    code: string;
    code_type: number;
    legal_persona_wechat: string;
    legal_persona_name: string;
    component_phone: string;
  };
}

/** `InfoType` `notify_3rd_wxa_auth`. */
export interface Notify3rdWxaAuthInfo extends InfoMessage {
  InfoType: 'notify_3rd_wxa_auth';
  appid: string;
  task_status: number;
  message: string;
  taskid: string;
  apply_status: number;
  dispatch_info: {
    provider: string;
    contact: string;
    dispatch_time: number;
  };
}

/** `InfoType` `notify_3rd_wxa_wxverify`. */
export interface Notify3rdWxaWxverifyInfo extends InfoMessage {
  InfoType: 'notify_3rd_wxa_wxverify';
  appid: string;
  expired: number;
  message: string;
}

/** A message of a type that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherMessage extends UserMessage, Unlisted<UserMessage> {
  [field: string]: unknown;
}

/** An event that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherEvent extends EventMessage, Unlisted<EventMessage> {
  [field: string]: unknown;
}

/** An `InfoType` that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherInfo extends InfoMessage, Unlisted<InfoMessage> {
  [field: string]: unknown;
}

/** `never` disappears from a union, so after narrowing only the listed member types a listed field. */
type Unlisted<Base> = Record<Exclude<KnownField, keyof Base>, never>;

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
  | 'EventKey'
  | 'Latitude'
  | 'Longitude'
  | 'Precision'
  | 'ScanCodeInfo'
  | 'Ticket'
  | 'OpenID'
  | 'AppID'
  | 'RevokeInfo'
  | 'SessionFrom'
  | 'MenuId'
  | 'SubscribeMsgChangeEvent'
  | 'SubscribeMsgPopupEvent'
  | 'SubscribeMsgSentEvent'
  | 'PublishEventInfo'
  | 'MsgID'
  | 'Status'
  | 'TotalCount'
  | 'FilterCount'
  | 'SentCount'
  | 'ErrorCount'
  | 'CopyrightCheckResult'
  | 'ArticleUrlResult'
  | 'openid'
  | 'appid'
  | 'ApplyAuthorizationInfoNoitfy'
  | 'Reason'
  | 'DelayTime'
  | 'FailTime'
  | 'ScreenShot'
  | 'SuccTime'
  | 'appeal_record_id'
  | 'appeal_time'
  | 'appeal_count'
  | 'appeal_from'
  | 'appeal_status'
  | 'punish_description'
  | 'material'
  | 'ret'
  | 'first'
  | 'second'
  | 'reason'
  | 'nickname'
  | 'result_info'
  | 'trace_id'
  | 'version'
  | 'detail'
  | 'result'
  | 'isrisky'
  | 'extra_info_json'
  | 'status_code'
  | 'OpenId'
  | 'OutTradeNo'
  | 'Env'
  | 'WeChatPayInfo'
  | 'CoinInfo'
  | 'GoodsInfo'
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
  | 'MiniGame'
  | 'shipped_time'
  | 'estimated_settlement_time'
  | 'confirm_receive_method'
  | 'confirm_receive_time'
  | 'settlement_time'
  | 'msg'
  | 'merchant_id'
  | 'sub_merchant_id'
  | 'merchant_trade_no'
  | 'transaction_id'
  | 'pay_time'
  | 'audit_event'
  | 'upload_event'
  | 'BussiCallBackInfo'
  | 'DeliveryID'
  | 'WayBillId'
  | 'OrderId'
  | 'Version'
  | 'Count'
  | 'Actions'
  | 'Token'
  | 'WXAppId'
  | 'CompanyID'
  | 'Account'
  | 'AccountPwd'
  | 'OrderID'
  | 'Sender'
  | 'Receiver'
  | 'GoodDetail'
  | 'Insured'
  | 'Remark'
  | 'Settingment'
  | 'ExpectStartTime'
  | 'ExpectEndTime'
  | 'PickUpStartTime'
  | 'PickUpEndTime'
  | 'Scene'
  | 'BizID'
  | 'BizPwd'
  | 'ShopAppID'
  | 'WayBillID'
  | 'Cargo'
  | 'Service'
  | 'CancelID'
  | 'CancelReason'
  | 'ShopName'
  | 'ShopTelphone'
  | 'ShopContact'
  | 'ServiceName'
  | 'SenderProvince'
  | 'SenderCity'
  | 'SenderArea'
  | 'SenderAddress'
  | 'Fee'
  | 'OriginalFee'
  | 'PayOrderId'
  | 'PayFinishTime'
  | 'delivery_id'
  | 'biz_id'
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
  | 'wx_appid'
  | 'code'
  | 'shop_order_id'
  | 'shop_no'
  | 'waybill_id'
  | 'delivery_sign'
  | 'order_status'
  | 'action_time'
  | 'action_msg'
  | 'wx_token'
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
  | 'agent'
  | 'GuideScanEvent'
  | 'ExpiredTime'
  | 'FailReason'
  | 'MerchantId'
  | 'IsPass'
  | 'CardId'
  | 'RefuseReason'
  | 'Detail'
  | 'PageId'
  | 'IsChatRoom'
  | 'IsReturnBack'
  | 'CreateOrderTime'
  | 'Desc'
  | 'FreeCoinCount'
  | 'PayCoinCount'
  | 'RefundFreeCoinCount'
  | 'RefundPayCoinCount'
  | 'OrderType'
  | 'Memo'
  | 'ReceiptInfo'
  | 'UserCardCode'
  | 'ModifyBonus'
  | 'ModifyBalance'
  | 'ConsumeSource'
  | 'LocationName'
  | 'StaffOpenId'
  | 'VerifyCode'
  | 'RemarkAmount'
  | 'OuterStr'
  | 'IsGiveByFriend'
  | 'FriendUserName'
  | 'OuterId'
  | 'OldUserCardCode'
  | 'IsRestoreMemberCard'
  | 'IsRecommendByFriend'
  | 'UnionId'
  | 'TransId'
  | 'LocationId'
  | 'fpqqlsh'
  | 'status'
  | 'nsrsbh'
  | 'title'
  | 'tax_no'
  | 'addr'
  | 'phone'
  | 'bank_type'
  | 'bank_no'
  | 'attach'
  | 'title_type'
  | 'Code'
  | 'SuccOrderId'
  | 'FailOrderId'
  | 'Source'
  | 'audit_id'
  | 'map_poi_id'
  | 'name'
  | 'address'
  | 'longitude'
  | 'latitude'
  | 'sh_remark'
  | 'OrderStatus'
  | 'ProductId'
  | 'SkuInfo'
  | 'aftersale_info'
  | 'complaint_info'
  | 'type'
  | 'promoter'
  | 'bind_status'
  | 'OpenProductAccountRegister'
  | 'QualificationAuditResult'
  | 'out_coupon_id'
  | 'request_id'
  | 'OpenProductSpuAudit'
  | 'SceneGroupAudit'
  | 'withdraw_info'
  | 'finder_shop_aftersale_status_update'
  | 'BrandEvent'
  | 'finder_shop_complaint'
  | 'receive_info'
  | 'finder_shop_guarantee_status_update'
  | 'item_info'
  | 'finder_shop_present_aftersale_status_update'
  | 'ProductCategoryAudit'
  | 'ProductOrderStatusUpdate'
  | 'ProductSpuAudit'
  | 'ProductSpuListing'
  | 'ProductSpuUpdate'
  | 'sharer_type'
  | 'channels_ec_stock_no_enough'
  | 'info'
  | 'ds_order_id'
  | 'update_time'
  | 'waybill_info'
  | 'EventData'
  | 'SendPicsInfo'
  | 'SendLocationInfo'
  | 'KfAccount'
  | 'FromKfAccount'
  | 'ToKfAccount'
  | 'illegal_record_id'
  | 'create_time'
  | 'illegal_reason'
  | 'illegal_content'
  | 'rule_url'
  | 'rule_name'
  | 'debug_str'
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
  | 'AuthorizerAppid'
  | 'PreAuthCode'
  | 'AuthorizationCode'
  | 'AuthorizationCodeExpiredTime'
  | 'ComponentVerifyTicket'
  | 'authorizer_appid'
  | 'beian_status'
  | 'auth_code'
  | 'task_status'
  | 'message'
  | 'taskid'
  | 'apply_status'
  | 'dispatch_info'
  | 'expired';

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
  | OtherMessage;

/** An event. */
export type AnyEvent =
  | ClickEvent
  | LocationEvent
  | ScancodePushEvent
  | ScanEvent
  | SubscribeEvent
  | UnsubscribeEvent
  | UserAuthorizationRevokeEvent
  | UserEnterTempsessionEvent
  | ViewMiniprogramEvent
  | ViewEvent
  | SubscribeMsgChangeEvent
  | SubscribeMsgPopupEvent
  | SubscribeMsgSentEvent
  | PublishjobfinishEvent
  | MasssendjobfinishEvent
  | TemplatesendjobfinishEvent
  | UserInfoModifiedEvent
  | BetaappAuthorizationApplyEvent
  | BetaappVerifyApplyEvent
  | BetaappVerifyEvent
  | WeappAuditDelayEvent
  | WeappAuditFailEvent
  | WeappAuditSuccessEvent
  | WxaAppealRecordEvent
  | WxaCategoryAuditEvent
  | WxaNicknameAuditEvent
  | WxaPrivacyApplyEvent
  | WxaMediaCheckEvent
  | XpayCoinPayNotifyEvent
  | XpayGoodsDeliverNotifyEvent
  | XpayRefundNotifyEvent
  | MinigameCoinDeliverCompletedEvent
  | TradeManageOrderSettlementEvent
  | TradeManageRemindAccessApiEvent
  | TradeManageRemindShippingEvent
  | SecvodAuditEvent
  | SecvodUploadEvent
  | SecbookAuditEvent
  | WxaCommentBadScoreEvent
  | ComplaintCallbackEvent
  | AddExpressPathEvent
  | AddSingleWaybillEvent
  | AddWaybillEvent
  | CancelSingleWaybillEvent
  | CancelWaybillEvent
  | CheckBizEvent
  | GetQuotaEvent
  | NotifySingleWaybillPayEvent
  | QuerySingleWaybillEvent
  | QuerySingleWaybillFeeEvent
  | RemindWaybillEvent
  | UpdateBusinessBindResultEvent
  | WaybillComplaintEvent
  | WaybillEvaluateAgentEvent
  | WaybillQueryExpectTimeRangeEvent
  | CancelAuthAccountEvent
  | GetAuthInfoEvent
  | GetPreAuthCodeEvent
  | MockUpdateOrderStatusEvent
  | TransportAddOrderEvent
  | TransportAddTipsEvent
  | TransportCancelOrderEvent
  | TransportConfirmReturnToBizEvent
  | TransportGetAgentPosEvent
  | TransportPrecancelOrderEvent
  | TransportPrecreateOrderEvent
  | TransportQueryOrderStatusEvent
  | TransportReaddOrderEvent
  | TransportSetRiderScoreEvent
  | UpdateWaybillStatusEvent
  | GuideQrcodeScanEvent
  | AnnualRenewEvent
  | NamingVerifyFailEvent
  | NamingVerifySuccessEvent
  | QualificationVerifyFailEvent
  | QualificationVerifySuccessEvent
  | VerifyExpiredEvent
  | CardMerchantCheckResultEvent
  | CardNotPassCheckEvent
  | CardPassCheckEvent
  | CardSkuRemindEvent
  | GiftcardPayDoneEvent
  | GiftcardSendToFriendEvent
  | GiftcardUserAcceptEvent
  | OrderStatusFinanceSuccEvent
  | SubmitMembercardUserInfoEvent
  | UpdateMemberCardEvent
  | UserConsumeCardEvent
  | UserDelCardEvent
  | UserEnterSessionFromCardEvent
  | UserGetCardEvent
  | UserGiftingCardEvent
  | UserPayFromPayCellEvent
  | UserViewCardEvent
  | CloudInvoiceInvoiceresultEvent
  | SubmitInvoiceTitleEvent
  | UpdateInvoiceStatusEvent
  | UserAuthorizeInvoiceEvent
  | CreateMapPoiAuditInfoEvent
  | MerchantOrderEvent
  | AftersaleComplaintUpdateOrderStateEvent
  | AftersaleMerchantConfirmReceiptOverdueEvent
  | AftersaleMerchantHandleRefundOverdueEvent
  | AftersaleMerchantHandleReturnOverdueEvent
  | AftersaleNewOrderEvent
  | AftersaleRefundSuccessEvent
  | AftersaleUpdateOrderEvent
  | AftersaleUserApplyPlatformJudgeOverdueEvent
  | AftersaleUserCancelEvent
  | AftersaleUserConfirmRefundCertificateEvent
  | AftersaleUserModifyReturnInfoEvent
  | AftersaleUserUploadReturnInfoOverdueEvent
  | AftersaleWaitMerchantConfirmReceiptEvent
  | AftersaleWaitMerchantOfflineRefundEvent
  | FundsOrderPayEvent
  | FundsOrderProfitsharingEvent
  | FundsOrderRefundEvent
  | MiniprogramSharerActionEvent
  | MiniprogramSharerBindStatusChangeEvent
  | OpenProductAccountRegisterEvent
  | OpenProductBrandAuditEvent
  | OpenProductCategoryAuditEvent
  | OpenProductOrderAnalyzeEvent
  | OpenProductOrderCancelEvent
  | OpenProductOrderConfirmEvent
  | OpenProductOrderPayEvent
  | OpenProductOrderRefundEvent
  | OpenProductOrderSettleEvent
  | OpenProductReceiveCouponEvent
  | OpenProductSpuAuditEvent
  | OpenProductSpuStatusUpdateEvent
  | OpenProductSceneGroupAuditEvent
  | WithdrawNotifyEvent
  | ChannelsEcAftersaleUpdateEvent
  | ChannelsEcBrandEvent
  | ChannelsEcComplaintUpdateEvent
  | ChannelsEcCouponReceiveEvent
  | ChannelsEcGuaranteeUpdateEvent
  | HeadSupplierItemUpdateEvent
  | ChannelsEcOrderCancelEvent
  | ChannelsEcOrderConfirmEvent
  | ChannelsEcOrderDeliverEvent
  | ChannelsEcOrderExtInfoUpdateEvent
  | ChannelsEcOrderNewEvent
  | ChannelsEcOrderPayEvent
  | ChannelsEcOrderSettleEvent
  | ChannelsEcPresentAftersaleUpdateEvent
  | ProductCategoryAuditEvent
  | ProductOrderStatusUpdateEvent
  | ProductSpuAuditEvent
  | ProductSpuListingEvent
  | ProductSpuUpdateEvent
  | ChannelsEcSharerChangeEvent
  | ChannelsEcStockNoEnoughEvent
  | ChannelsEcVipUserAutoAddEvent
  | ChannelsEcVipUserInfoGetEvent
  | DropshipOrderCancelEvent
  | DropshipOrderNewEvent
  | DropshipOrderUpdateEvent
  | EwaybillPushPathEvent
  | CooperationShopOrderEvent
  | ScancodeWaitmsgEvent
  | PicSysphotoEvent
  | PicPhotoOrAlbumEvent
  | PicWeixinEvent
  | LocationSelectEvent
  | CardPayOrderEvent
  | KfCreateSessionEvent
  | KfCloseSessionEvent
  | KfSwitchSessionEvent
  | WxaIllegalRecordEvent
  | WxVerifyPaySuccEvent
  | WxVerifyDispatchEvent
  | WxaTradeControlledEvent
  | DebugDemoEvent
  | XpayComplaintNotifyEvent
  | XpayWxpayCallbackNotifyEvent
  | XpaySubscribeSigningResultNotifyEvent
  | XpaySubscribePayFailNotifyEvent
  | XpaySubscribeIosRefundQueryNotifyEvent
  | MinigameGamePayGoodsDeliverNotifyEvent
  | MinigameH5GoodsDeliverNotifyEvent
  | MinigameDeliverH5PayProductsEvent
  | OtherEvent;

/** A push to a third-party platform's own URL. */
export type AnyInfo =
  | AuthorizedInfo
  | UnauthorizedInfo
  | UpdateauthorizedInfo
  | ComponentVerifyTicketInfo
  | NotifyApplyIcpfilingResultInfo
  | NotifyThirdFastregisterbetaappInfo
  | NotifyThirdFasteregisterInfo
  | NotifyThirdFastverifybetaappInfo
  | Notify3rdWxaAuthInfo
  | Notify3rdWxaWxverifyInfo
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
  event: AnyEvent;
  'event.CLICK': ClickEvent;
  'event.LOCATION': LocationEvent;
  'event.scancode_push': ScancodePushEvent;
  'event.SCAN': ScanEvent;
  'event.subscribe': SubscribeEvent;
  'event.unsubscribe': UnsubscribeEvent;
  'event.user_authorization_revoke': UserAuthorizationRevokeEvent;
  'event.user_enter_tempsession': UserEnterTempsessionEvent;
  'event.view_miniprogram': ViewMiniprogramEvent;
  'event.VIEW': ViewEvent;
  'event.subscribe_msg_change_event': SubscribeMsgChangeEvent;
  'event.subscribe_msg_popup_event': SubscribeMsgPopupEvent;
  'event.subscribe_msg_sent_event': SubscribeMsgSentEvent;
  'event.PUBLISHJOBFINISH': PublishjobfinishEvent;
  'event.MASSSENDJOBFINISH': MasssendjobfinishEvent;
  'event.TEMPLATESENDJOBFINISH': TemplatesendjobfinishEvent;
  'event.user_info_modified': UserInfoModifiedEvent;
  'event.betaapp_authorization_apply_event': BetaappAuthorizationApplyEvent;
  'event.betaapp_verify_apply_event': BetaappVerifyApplyEvent;
  'event.betaapp_verify_event': BetaappVerifyEvent;
  'event.weapp_audit_delay': WeappAuditDelayEvent;
  'event.weapp_audit_fail': WeappAuditFailEvent;
  'event.weapp_audit_success': WeappAuditSuccessEvent;
  'event.wxa_appeal_record': WxaAppealRecordEvent;
  'event.wxa_category_audit': WxaCategoryAuditEvent;
  'event.wxa_nickname_audit': WxaNicknameAuditEvent;
  'event.wxa_privacy_apply': WxaPrivacyApplyEvent;
  'event.wxa_media_check': WxaMediaCheckEvent;
  'event.xpay_coin_pay_notify': XpayCoinPayNotifyEvent;
  'event.xpay_goods_deliver_notify': XpayGoodsDeliverNotifyEvent;
  'event.xpay_refund_notify': XpayRefundNotifyEvent;
  'event.minigame_coin_deliver_completed': MinigameCoinDeliverCompletedEvent;
  'event.trade_manage_order_settlement': TradeManageOrderSettlementEvent;
  'event.trade_manage_remind_access_api': TradeManageRemindAccessApiEvent;
  'event.trade_manage_remind_shipping': TradeManageRemindShippingEvent;
  'event.secvod_audit_event': SecvodAuditEvent;
  'event.secvod_upload_event': SecvodUploadEvent;
  'event.secbook_audit_event': SecbookAuditEvent;
  'event.wxa_comment_bad_score': WxaCommentBadScoreEvent;
  'event.complaint_callback': ComplaintCallbackEvent;
  'event.add_express_path': AddExpressPathEvent;
  'event.add_single_waybill': AddSingleWaybillEvent;
  'event.add_waybill': AddWaybillEvent;
  'event.cancel_single_waybill': CancelSingleWaybillEvent;
  'event.cancel_waybill': CancelWaybillEvent;
  'event.check_biz': CheckBizEvent;
  'event.get_quota': GetQuotaEvent;
  'event.notify_single_waybill_pay': NotifySingleWaybillPayEvent;
  'event.query_single_waybill': QuerySingleWaybillEvent;
  'event.query_single_waybill_fee': QuerySingleWaybillFeeEvent;
  'event.remind_waybill': RemindWaybillEvent;
  'event.update_business_bind_result': UpdateBusinessBindResultEvent;
  'event.waybill_complaint': WaybillComplaintEvent;
  'event.waybill_evaluate_agent': WaybillEvaluateAgentEvent;
  'event.waybill_query_expect_time_range': WaybillQueryExpectTimeRangeEvent;
  'event.cancel_auth_account': CancelAuthAccountEvent;
  'event.get_auth_info': GetAuthInfoEvent;
  'event.get_pre_auth_code': GetPreAuthCodeEvent;
  'event.mock_update_order_status': MockUpdateOrderStatusEvent;
  'event.transport_add_order': TransportAddOrderEvent;
  'event.transport_add_tips': TransportAddTipsEvent;
  'event.transport_cancel_order': TransportCancelOrderEvent;
  'event.transport_confirm_return_to_biz': TransportConfirmReturnToBizEvent;
  'event.transport_get_agent_pos': TransportGetAgentPosEvent;
  'event.transport_precancel_order': TransportPrecancelOrderEvent;
  'event.transport_precreate_order': TransportPrecreateOrderEvent;
  'event.transport_query_order_status': TransportQueryOrderStatusEvent;
  'event.transport_readd_order': TransportReaddOrderEvent;
  'event.transport_set_rider_score': TransportSetRiderScoreEvent;
  'event.update_waybill_status': UpdateWaybillStatusEvent;
  'event.guide_qrcode_scan_event': GuideQrcodeScanEvent;
  'event.annual_renew': AnnualRenewEvent;
  'event.naming_verify_fail': NamingVerifyFailEvent;
  'event.naming_verify_success': NamingVerifySuccessEvent;
  'event.qualification_verify_fail': QualificationVerifyFailEvent;
  'event.qualification_verify_success': QualificationVerifySuccessEvent;
  'event.verify_expired': VerifyExpiredEvent;
  'event.card_merchant_check_result': CardMerchantCheckResultEvent;
  'event.card_not_pass_check': CardNotPassCheckEvent;
  'event.card_pass_check': CardPassCheckEvent;
  'event.card_sku_remind': CardSkuRemindEvent;
  'event.giftcard_pay_done': GiftcardPayDoneEvent;
  'event.giftcard_send_to_friend': GiftcardSendToFriendEvent;
  'event.giftcard_user_accept': GiftcardUserAcceptEvent;
  'event.ORDER_STATUS_FINANCE_SUCC': OrderStatusFinanceSuccEvent;
  'event.submit_membercard_user_info': SubmitMembercardUserInfoEvent;
  'event.update_member_card': UpdateMemberCardEvent;
  'event.user_consume_card': UserConsumeCardEvent;
  'event.user_del_card': UserDelCardEvent;
  'event.user_enter_session_from_card': UserEnterSessionFromCardEvent;
  'event.user_get_card': UserGetCardEvent;
  'event.user_gifting_card': UserGiftingCardEvent;
  'event.user_pay_from_pay_cell': UserPayFromPayCellEvent;
  'event.user_view_card': UserViewCardEvent;
  'event.cloud_invoice_invoiceresult_event': CloudInvoiceInvoiceresultEvent;
  'event.submit_invoice_title': SubmitInvoiceTitleEvent;
  'event.update_invoice_status': UpdateInvoiceStatusEvent;
  'event.user_authorize_invoice': UserAuthorizeInvoiceEvent;
  'event.create_map_poi_audit_info': CreateMapPoiAuditInfoEvent;
  'event.merchant_order': MerchantOrderEvent;
  'event.aftersale_complaint_update_order_state': AftersaleComplaintUpdateOrderStateEvent;
  'event.aftersale_merchant_confirm_receipt_overdue': AftersaleMerchantConfirmReceiptOverdueEvent;
  'event.aftersale_merchant_handle_refund_overdue': AftersaleMerchantHandleRefundOverdueEvent;
  'event.aftersale_merchant_handle_return_overdue': AftersaleMerchantHandleReturnOverdueEvent;
  'event.aftersale_new_order': AftersaleNewOrderEvent;
  'event.aftersale_refund_success': AftersaleRefundSuccessEvent;
  'event.aftersale_update_order': AftersaleUpdateOrderEvent;
  'event.aftersale_user_apply_platform_judge_overdue': AftersaleUserApplyPlatformJudgeOverdueEvent;
  'event.aftersale_user_cancel': AftersaleUserCancelEvent;
  'event.aftersale_user_confirm_refund_certificate': AftersaleUserConfirmRefundCertificateEvent;
  'event.aftersale_user_modify_return_info': AftersaleUserModifyReturnInfoEvent;
  'event.aftersale_user_upload_return_info_overdue': AftersaleUserUploadReturnInfoOverdueEvent;
  'event.aftersale_wait_merchant_confirm_receipt': AftersaleWaitMerchantConfirmReceiptEvent;
  'event.aftersale_wait_merchant_offline_refund': AftersaleWaitMerchantOfflineRefundEvent;
  'event.funds_order_pay': FundsOrderPayEvent;
  'event.funds_order_profitsharing': FundsOrderProfitsharingEvent;
  'event.funds_order_refund': FundsOrderRefundEvent;
  'event.miniprogram_sharer_action': MiniprogramSharerActionEvent;
  'event.miniprogram_sharer_bind_status_change': MiniprogramSharerBindStatusChangeEvent;
  'event.open_product_account_register': OpenProductAccountRegisterEvent;
  'event.open_product_brand_audit': OpenProductBrandAuditEvent;
  'event.open_product_category_audit': OpenProductCategoryAuditEvent;
  'event.open_product_order_analyze': OpenProductOrderAnalyzeEvent;
  'event.open_product_order_cancel': OpenProductOrderCancelEvent;
  'event.open_product_order_confirm': OpenProductOrderConfirmEvent;
  'event.open_product_order_pay': OpenProductOrderPayEvent;
  'event.open_product_order_refund': OpenProductOrderRefundEvent;
  'event.open_product_order_settle': OpenProductOrderSettleEvent;
  'event.open_product_receive_coupon': OpenProductReceiveCouponEvent;
  'event.open_product_spu_audit': OpenProductSpuAuditEvent;
  'event.open_product_spu_status_update': OpenProductSpuStatusUpdateEvent;
  'event.open_product_scene_group_audit': OpenProductSceneGroupAuditEvent;
  'event.withdraw_notify': WithdrawNotifyEvent;
  'event.channels_ec_aftersale_update': ChannelsEcAftersaleUpdateEvent;
  'event.channels_ec_brand': ChannelsEcBrandEvent;
  'event.channels_ec_complaint_update': ChannelsEcComplaintUpdateEvent;
  'event.channels_ec_coupon_receive': ChannelsEcCouponReceiveEvent;
  'event.channels_ec_guarantee_update': ChannelsEcGuaranteeUpdateEvent;
  'event.head_supplier_item_update': HeadSupplierItemUpdateEvent;
  'event.channels_ec_order_cancel': ChannelsEcOrderCancelEvent;
  'event.channels_ec_order_confirm': ChannelsEcOrderConfirmEvent;
  'event.channels_ec_order_deliver': ChannelsEcOrderDeliverEvent;
  'event.channels_ec_order_ext_info_update': ChannelsEcOrderExtInfoUpdateEvent;
  'event.channels_ec_order_new': ChannelsEcOrderNewEvent;
  'event.channels_ec_order_pay': ChannelsEcOrderPayEvent;
  'event.channels_ec_order_settle': ChannelsEcOrderSettleEvent;
  'event.channels_ec_present_aftersale_update': ChannelsEcPresentAftersaleUpdateEvent;
  'event.product_category_audit': ProductCategoryAuditEvent;
  'event.product_order_status_update': ProductOrderStatusUpdateEvent;
  'event.product_spu_audit': ProductSpuAuditEvent;
  'event.product_spu_listing': ProductSpuListingEvent;
  'event.product_spu_update': ProductSpuUpdateEvent;
  'event.channels_ec_sharer_change': ChannelsEcSharerChangeEvent;
  'event.channels_ec_stock_no_enough': ChannelsEcStockNoEnoughEvent;
  'event.channels_ec_vip_user_auto_add': ChannelsEcVipUserAutoAddEvent;
  'event.channels_ec_vip_user_info_get': ChannelsEcVipUserInfoGetEvent;
  'event.dropship_order_cancel': DropshipOrderCancelEvent;
  'event.dropship_order_new': DropshipOrderNewEvent;
  'event.dropship_order_update': DropshipOrderUpdateEvent;
  'event.ewaybill_push_path': EwaybillPushPathEvent;
  'event.cooperation_shop_order': CooperationShopOrderEvent;
  'event.scancode_waitmsg': ScancodeWaitmsgEvent;
  'event.pic_sysphoto': PicSysphotoEvent;
  'event.pic_photo_or_album': PicPhotoOrAlbumEvent;
  'event.pic_weixin': PicWeixinEvent;
  'event.location_select': LocationSelectEvent;
  'event.card_pay_order': CardPayOrderEvent;
  'event.kf_create_session': KfCreateSessionEvent;
  'event.kf_close_session': KfCloseSessionEvent;
  'event.kf_switch_session': KfSwitchSessionEvent;
  'event.wxa_illegal_record': WxaIllegalRecordEvent;
  'event.wx_verify_pay_succ': WxVerifyPaySuccEvent;
  'event.wx_verify_dispatch': WxVerifyDispatchEvent;
  'event.wxa_trade_controlled': WxaTradeControlledEvent;
  'event.debug_demo': DebugDemoEvent;
  'event.xpay_complaint_notify': XpayComplaintNotifyEvent;
  'event.xpay_wxpay_callback_notify': XpayWxpayCallbackNotifyEvent;
  'event.xpay_subscribe_signing_result_notify': XpaySubscribeSigningResultNotifyEvent;
  'event.xpay_subscribe_pay_fail_notify': XpaySubscribePayFailNotifyEvent;
  'event.xpay_subscribe_ios_refund_query_notify': XpaySubscribeIosRefundQueryNotifyEvent;
  'event.minigame_game_pay_goods_deliver_notify': MinigameGamePayGoodsDeliverNotifyEvent;
  'event.minigame_h5_goods_deliver_notify': MinigameH5GoodsDeliverNotifyEvent;
  'event.minigame_deliver_h5_pay_products': MinigameDeliverH5PayProductsEvent;
  info: AnyInfo;
  'info.authorized': AuthorizedInfo;
  'info.unauthorized': UnauthorizedInfo;
  'info.updateauthorized': UpdateauthorizedInfo;
  'info.component_verify_ticket': ComponentVerifyTicketInfo;
  'info.notify_apply_icpfiling_result': NotifyApplyIcpfilingResultInfo;
  'info.notify_third_fastregisterbetaapp': NotifyThirdFastregisterbetaappInfo;
  'info.notify_third_fasteregister': NotifyThirdFasteregisterInfo;
  'info.notify_third_fastverifybetaapp': NotifyThirdFastverifybetaappInfo;
  'info.notify_3rd_wxa_auth': Notify3rdWxaAuthInfo;
  'info.notify_3rd_wxa_wxverify': Notify3rdWxaWxverifyInfo;
  default: PushMessage;
}
