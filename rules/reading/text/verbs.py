"""The verbs by which a directive opens: words of administrative Vietnamese, not sentences of any document."""


def _phrases(text: str) -> frozenset[str]:
    """The phrases of a comma-separated list."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


#: First words of an action, folded, of two syllables or more.
ACTION_VERBS = _phrases(
    """
    ban giao, ban hanh, bao cao, bao dam, bien soan, bo sung, bo tri, boi duong, cam ket, can doi,
    canh bao, cap nhat, cham dut, chan chinh, chap hanh, chi dao, chi tra, chinh ly, chiu trach
    nhiem, cho chu truong, cho y kien, chu dong, chu tri, chu trong, chuan bi, co bao cao, co bien
    phap, co giai phap, co ke hoach, co nhiem vu, co phuong an, co trach nhiem, co van ban, co y
    kien, cong bo, cong khai, cung cap, cung co, da dang, dam bao, dam nhan, dang ky, dang tai, danh
    gia, dao tao, dau tu, day manh, day nhanh, de cao, de nghi, de xuat, di doi, dien tap, dieu
    chinh, dieu chuyen, dieu dong, dieu tra, dinh huong, doi chieu, doi moi, doi thoai, don doc, don
    gian, dong gop, du bao, du kien, dut diem, duy tri, gia co, giai ngan, giai quyet, giai the,
    giai toa, giai trinh, giam sat, gioi thieu, giu vung, gop y, hieu chinh, ho tro, hoan chinh,
    hoan tat, hoan thanh, hoan thien, hoan ung, hoc tap, hop dong, huong dan, huy dong, ke khai, keo
    dai, ket noi, khac phuc, khai thac, khan truong, khao sat, khen thuong, khoanh vung, khoi cong,
    khoi phuc, khuyen cao, khuyen khich, kiem dem, kiem diem, kiem ke, kiem soat, kiem tra, kien
    nghi, kien toan, kip thoi, lam ro, lam tot, lam viec, lap dat, lay y kien, lien he, lien ket,
    linh hoat, long ghep, lua chon, luan chuyen, luu y, mo rong, nam bat, nang cao, nao vet, ngan
    chan, nghiem thu, nghiem tuc, nghiem tum, nghien cuu, nhac nho, nhan rong, niem yet, no luc,
    phan anh, phan bo, phan cap, phan cong, phan dau, phan dinh, phan khai, phan loai, phan luong,
    phan tich, phat dong, phat hanh, phat hien, phat huy, phat trien, phe duyet, pho bien, phoi hop,
    phong chong, phong ngua, phuc vu, quan ly, quan tam, quan triet, quang ba, quay phim, quy hoach,
    quyet dinh, quyet liet, quyet toan, ra quan, ra soat, rut kinh nghiem, rut ngan, san sang, sao
    y, sap xep, so ket, so tan, soan thao, som co, su dung, sua chua, sua doi, tam dung, tang cuong,
    tang thoi luong, tao dieu kien, tao thuan loi, tap huan, tap trung, tham dinh, tham gia, tham
    muu, thang tien, thanh lap, thanh toan, thanh tra, thao go, thay the, theo doi, thi cong, thi
    hanh, thiet ke, thiet lap, thong bao, thong ke, thong nhat, thong tin, thu gom, thu hoi, thu
    hut, thuc day, thuc hien, thuong xuyen, tich cuc, tich hop, tiep can, tiep nhan, tiep thu, tiep
    tuc, tiep xuc, tinh toan, to chuc, to giac, tong hop, tong ket, tra loi, trien khai, tro giup,
    truc tiep, truy thu, tu van, tuan tra, tuyen chon, tuyen dung, tuyen truyen, tuyet doi, ung
    dung, ung pho, ung truc, uu tien, van dong, van hanh, ve sinh, xac dinh, xac minh, xay dung, xem
    xet, xu ly, xu phat, xuc tien, yeu cau, an dinh, ap dung, bam sat, chi huy, dien thoai, nhan
    tin, goi dien, tang them, dong cu, han khau, ban bac, bao quan, bao tri, bao ve, bat tay, binh
    xet, boc tach, can nhac, canh gac, cap phat, cau noi, chan nuoi, chap nhan, chat che, chia se,
    chieu sang, chinh trang, cho vay, chon loc, chot so, chuyen doi, chuyen giao, co cau, co trach,
    co van, cong nhan, cung ung, cung nhau, cuong quyet, dan dung, dang tin, dan chan, day lui, diem
    danh, dien giai, dieu hanh, dieu phoi, dieu tiet, doi soat, don dep, dong bo, dong hanh, dong
    vien, du tru, dua tin, duy tu, gan bien, ghi chep, giai dap, giai phong, giai tan, giam thieu,
    gianh, giao ban, giu gin, giu nguyen, giu on, gui van ban, han che, hieu dinh, hoa giai, hoan
    tra, hoan thu, hop bao, hop long, huan luyen, huong ung, kham, kham sang loc, kiem dinh, kiem
    nghiem, kiem tim, kien quyet, ky ket, lam dau moi, lam diem, lam thu tuc, lan toa, lap bien ban,
    len phuong an, len ke hoach, loai bo, lien thong, luu tru, mien giam, nam chac, nhap lieu, nhan
    dien, noi lai, on dinh, phat giac, phat song, phan bien, phan hoi, phan ra, phan nhom, phoi
    kiem, phun xit, quan trac, quyet tam, rao chan, sang loc, san xuat, so hoa, so tuyen, soat xet,
    tai tro, tam ung, tan dung, tao lap, thay doi, thay mat, theo sat, thi tuyen, thi diem, thi dua,
    du thao, thiet thuc, thong qua, thong suot, thuc tap, thue, thuong truc, tieu doc, tieu huy, tieu thu,
    tim kiem, tinh gian, tinh giam, tinh lai, toa dam, ton vinh, trang bi, trang tri, trong xen,
    truc ban, truc chien, trung bay, trung tap, tru bi, truyen thong, truy quet, truy xuat, tu choi,
    tu kiem tra, tu ra soat, tuyen bo, uom tao, uoc tinh, uy quyen, van chuyen, ve lai, vet kiet,
    vien dan, xac nhan, xac lap, xac thuc, xet duyet, xet chon, xet nghiem, xet tuyen, xin y kien,
    xoa bo, xu tri, biet phai, cuong che, cat giam, cat tia, cam bien, dieu hoa, khai bao, khoi dong,
    nghiem cam, phong toa, tam giu, tam hoan, tiem phong, tiem vet, tiep suc, trung dung, bai bo, xin
    loi, doi chat, boi hoan, chong dich, ngung cap, dinh gia, cap bu, cap moi, cham diem, hien thi, nhanh
    chong, cach ly, truy cuu, truy tim, ra soat lai, thao do, giai toa, phong chay, vot, kiem che,
    xuat cap, doi ung
    """
)
#: Verbs of one syllable, with their tone marks: folded, "tự" and "từ" are the same word.
SHORT_VERBS = _phrases(
    """
    bám, cấp, chốt, chọn, chuyển, coi, cử, dừng, đào, đặt, đẩy, đóng, đưa, gắn, giảm, giao, giữ,
    gửi, hạ, hiến, hợp, hủy, ký, lắp, lập, làm, lấy, mở, mời, mua, nắm, nâng, nộp, rút, sớm, sửa,
    tăng, tạo, thay, thu, trả, trao, treo, trình, báo, bán, bù, bãi, canh, chặn, chia, chi, chụp,
    dành, dọn, dùng, dựng, dời, ép, ghi, gỡ, gom, in, kê, khám, khơi, khoan, kéo, loại, lưu, may,
    miễn, nạo, neo, nhập, nêu, phá, phân, quét, rào, rà, sắm, soát, tập, thăm, thúc, tính, tìm,
    thuê, trồng, trích, tuân, ươm, vẽ, viết, xếp, xây, phát, phun, tiêm, thả, nuôi, cắm, dán, trực, tự,
    tuyển, xem, xét, xin, xóa
    """
)
#: Two-syllable words that open like a short verb and are none ("cấp xã", "giao thông").
NOUNS_LIKE_VERBS = _phrases(
    """
    ha tang, ha du, ha luu, ha nguon,
    cap xa, cap huyen, cap tinh, cap uy, cap thon, cap so, cap phong, cu tri, thu nhap, trinh do,
    truc tuyen, truc thuoc, giao thong, giao thuong, giao ban, hop tac, hop dong, tang truong, tu
    do, tu nhien, tu ngay, lam nghiep, dat dai, dat chuan, thu truong, thu tuc, chi cuc, chi nhanh,
    chi hoi, chi bo, chi phi, chi tieu, gia dinh, gia tri, gia ca, tap the, tap doan, phan lon, quy
    dinh, quy mo, quy che, quy hoach, bien phong, bien gioi, bao cao, bao chi, kho khan, thi xa, thi
    tran, thi truong, so nganh, tinh hinh, tinh uy, nhap khau, khoan vay, loai hinh, dung luong, ghi
    chu, ghi nhan, hop bao, bien ban, bien che, bien phap, tap chi, bo phan, bo doi, bo chi, quy iv,
    quy dat, tinh trang, tinh than, luu luong, luu vuc, vien chuc, neu tren, neu co, neu ro, in an,
    may moc, may bom, chia se, don vi, gom co, dung dan, lo dat, lo hang, xu huong, xep hang, xay
    xat
    """
)
