//! Names as a company in China might have them.

const SURNAMES: [&str; 48] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
    "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓",
    "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "欧阳", "司马",
];

const GIVEN: [&str; 60] = [
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超",
    "霞", "平", "刚", "桂", "英", "华", "玉", "兰", "红", "建", "国", "文", "辉", "鑫", "宇", "浩", "然",
    "子", "轩", "雨", "桐", "欣", "怡", "嘉", "诚", "思", "远", "志", "鹏", "晓", "东", "海", "燕", "春",
    "梅", "喆", "堃", "赟", "翔", "凯", "琳", "蕾", "雪",
];

/// 大区 with cities for its teams and customers.
pub const REGIONS: [(&str, [&str; 6]); 8] = [
    ("华东", ["上海", "杭州", "南京", "苏州", "宁波", "合肥"]),
    ("华南", ["广州", "深圳", "厦门", "南宁", "佛山", "海口"]),
    ("华北", ["北京", "天津", "石家庄", "太原", "济南", "青岛"]),
    ("华中", ["武汉", "长沙", "郑州", "南昌", "洛阳", "宜昌"]),
    ("西南", ["成都", "重庆", "昆明", "贵阳", "绵阳", "拉萨"]),
    ("西北", ["西安", "兰州", "银川", "西宁", "乌鲁木齐", "咸阳"]),
    ("东北", ["沈阳", "大连", "长春", "哈尔滨", "吉林", "鞍山"]),
    ("东南", ["福州", "泉州", "温州", "台州", "汕头", "漳州"]),
];

const FIRMS: [&str; 24] = [
    "恒达", "瑞丰", "华盛", "中泰", "金源", "天成", "博远", "新宇", "鼎盛", "佳和", "安信", "永利", "宏图",
    "正大", "嘉禾", "远航", "明德", "众诚", "卓越", "银河", "盛世", "兴隆", "同创", "万通",
];

const TRADES: [&str; 16] = [
    "机电",
    "商贸",
    "科技",
    "食品",
    "建材",
    "医疗器械",
    "物流",
    "电子",
    "化工",
    "纺织",
    "汽配",
    "环保",
    "教育",
    "连锁超市",
    "餐饮",
    "包装",
];

/// Product lines with what is sold in them and the usual price of a piece in yuan.
pub const LINES: [(&str, &str, u32); 8] = [
    ("工业设备", "变频器", 4_800),
    ("办公设备", "打印机", 1_650),
    ("耗材", "墨盒", 180),
    ("软件服务", "年度授权", 9_600),
    ("安防", "摄像机", 720),
    ("照明", "灯具", 95),
    ("电气", "断路器", 260),
    ("售后服务", "维保包", 2_400),
];

fn one<'n>(random: &mut fastrand::Rng, names: &[&'n str]) -> &'n str {
    names[random.usize(..names.len())]
}

/// Somebody's name.
pub fn person(random: &mut fastrand::Rng) -> String {
    let (surname, first) = (one(random, &SURNAMES), one(random, &GIVEN));
    let second = if random.u8(..5) == 0 { "" } else { one(random, &GIVEN) };
    format!("{surname}{first}{second}")
}

/// A customer's name, in a city of a 大区.
pub fn firm(random: &mut fastrand::Rng, region: usize) -> String {
    let city = one(random, &REGIONS[region].1);
    format!("{city}{}{}有限公司", one(random, &FIRMS), one(random, &TRADES))
}
