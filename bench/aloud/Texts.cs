using System.Globalization;

namespace Loa.Bench.Aloud;

/// <summary>What a commune has its people told; each round other words, so that nothing of it was read before.</summary>
static class Texts
{
    public static IReadOnlyList<(string Name, string Text)> Of(int round) =>
        [("155 words, figures", Figures(round)), ("125 words, plain", Plain(round)), ("750 words", Long(round))];

    static string Figures(int round) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Ủy ban nhân dân xã Lộc Tấn thông báo lịch tiêm chủng mở rộng lần {round} tháng 12/2026.
            Thời gian: từ 7h{round:00} đến 11h00 và từ 13h30 đến 16h{round:00}, thứ Bảy ngày 05/12/2026. Địa điểm: Trạm Y tế xã, Km {round} QL 13.
            Đối tượng: trẻ từ 2 đến 18 tháng tuổi (khoảng {100
                + round} cháu), phụ nữ mang thai từ tuần {round}. Mức hỗ trợ đi lại {round}0.000 đồng/người đối với hộ nghèo, 30.000 đồng/người đối với hộ cận nghèo.
            Khi đi mang theo sổ tiêm chủng, thẻ BHYT và {round} bản sao CCCD. Trẻ sốt từ 37,{round}°C trở lên chưa tiêm đợt này. Sau tiêm ở lại theo dõi ít nhất 3{round} phút; nếu sốt trên 38,{round}°C uống paracetamol 10-15 mg/kg và báo ngay Trạm Y tế.
            Mọi thắc mắc xin gọi số 0271 3879 25{round
                % 10} hoặc 1022. Đề nghị {round} trưởng ấp nhắc đủ 100% hộ có trẻ.
            """
        );

    static string Plain(int round) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Kính thưa bà con nhân dân ấp {round}. Mùa khô năm nay đến sớm {round} tuần, nắng nóng kéo dài, nguy cơ cháy rừng rất cao. Ủy ban nhân dân xã đề nghị bà con ấp {round} không đốt rẫy, không đốt ong, không vứt tàn thuốc khi đi qua rừng cao su và rừng phòng hộ. Các hộ ở ấp {round} có rẫy giáp rừng phải phát dọn đường ranh cản lửa, để sẵn nước và cành tươi. Khi thấy khói hoặc lửa, xin báo ngay cho kiểm lâm địa bàn, công an xã hoặc trưởng ấp {round}, rồi cùng nhau dập lửa nếu thấy an toàn. Gia đình nào ở ấp {round} có người già, trẻ nhỏ thì chuẩn bị trước chỗ tránh khói.
            Bà con ấp {round} nhắc con em không chơi diêm quẹt. Ấp {round} xin trân trọng cảm ơn bà con đã lắng nghe và thực hiện.
            """
        );

    static string Long(int round) =>
        string.Join('\n', Enumerable.Range(1, 6).Select(part => Plain(100 * round + part)));

    /// <summary>The same text with one word changed.</summary>
    public static string Changed(string text)
    {
        var at = text.LastIndexOf("hộ", StringComparison.Ordinal);
        return at < 0 ? text + " Xin nhắc lại." : $"{text[..at]}nhà{text[(at + "hộ".Length)..]}";
    }
}
