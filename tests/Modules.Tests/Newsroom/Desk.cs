using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Loa.Newsroom;

/// <summary>What a test keeps of a bulletin between two moves.</summary>
sealed record Moved(Guid Id, string State, int Acts)
{
    public static Moved Of(JsonElement answer) =>
        new(
            answer.GetProperty("id").GetGuid(),
            answer.GetProperty("state").GetString()!,
            answer.GetProperty("acts").GetInt32()
        );
}

/// <summary>An author's short ways through the front door.</summary>
static class Desk
{
    static int count;

    /// <summary>About 150 words, many of them figures.</summary>
    public const string WithFigures =
        "Ủy ban nhân dân xã Lộc Tấn thông báo lịch tiêm chủng mở rộng tháng 12/2026.\n"
        + "Thời gian: từ 7h30 đến 11h00 và từ 13h30 đến 16h30, thứ Bảy ngày 05/12/2026. Địa điểm: Trạm Y tế xã, Km 12 QL 13.\n"
        + "Đối tượng: trẻ từ 2 đến 18 tháng tuổi (khoảng 145 cháu), phụ nữ mang thai từ tuần 20. Mức hỗ trợ đi lại 50.000 "
        + "đồng/người đối với hộ nghèo, 30.000 đồng/người đối với hộ cận nghèo.\n"
        + "Khi đi mang theo sổ tiêm chủng, thẻ BHYT và CCCD. Trẻ sốt từ 37,5°C trở lên chưa tiêm đợt này. Sau tiêm ở lại theo "
        + "dõi ít nhất 30 phút; nếu sốt trên 38,5°C uống paracetamol 10-15 mg/kg và báo ngay Trạm Y tế.\n"
        + "Mọi thắc mắc xin gọi số 0271 3879 252 hoặc 1022. Đề nghị các ông, bà trưởng ấp nhắc đủ 100% hộ có trẻ.";

    /// <summary>About 140 words without a figure.</summary>
    public const string Plain =
        "Kính thưa bà con nhân dân trong xã. Mùa khô năm nay đến sớm, nắng nóng kéo dài, nguy cơ cháy rừng rất cao. Ủy ban nhân dân "
        + "xã đề nghị bà con không đốt rẫy, không đốt ong, không vứt tàn thuốc khi đi qua rừng cao su và rừng phòng hộ. "
        + "Các hộ có rẫy giáp rừng phải phát dọn đường ranh cản lửa, để sẵn nước và cành tươi. Khi thấy khói hoặc lửa, xin báo "
        + "ngay cho kiểm lâm địa bàn, công an xã hoặc trưởng ấp gần nhất, rồi cùng nhau dập lửa nếu thấy an toàn. Gia đình nào có "
        + "người già, trẻ nhỏ thì chuẩn bị trước chỗ tránh khói. Bà con nhắc con em không chơi diêm quẹt. Xin trân trọng cảm ơn bà "
        + "con đã lắng nghe và thực hiện.";

    /// <summary>A text that no other test reads aloud.</summary>
    public static string NewText() =>
        $"Trạm y tế xã tiêm phòng cho trẻ em, đợt {Interlocked.Increment(ref count)} chấm {Environment.ProcessId}.";

    // No two rows of a list may read the same.
    static string NewTitle() => $"Lịch tiêm phòng đợt {Interlocked.Increment(ref count)}";

    public static async Task<Moved> Write(this HttpClient author, string? title = null, string? text = null) =>
        Moved.Of(
            await author
                .PostAsJsonAsync(
                    "/bulletins",
                    new
                    {
                        title = title ?? NewTitle(),
                        text = text ?? NewText(),
                        voice = "vi",
                        @class = "ordinary",
                    }
                )
                .Json(HttpStatusCode.Created)
        );

    public static Task<HttpResponseMessage> Try(
        this HttpClient client,
        Moved bulletin,
        string move,
        string? comment = null
    ) => client.PostAsJsonAsync($"/bulletins/{bulletin.Id}/{move}", new { seen = bulletin.Acts, comment });

    public static async Task<Moved> Do(this HttpClient client, Moved bulletin, string move, string? comment = null) =>
        Moved.Of(await client.Try(bulletin, move, comment).Json());

    /// <summary>Has a text read aloud as the desk does: as soon as the first sentence can be heard.</summary>
    public static async Task<string> Listen(this HttpClient author, string text)
    {
        var asked = new HttpRequestMessage(HttpMethod.Post, "/bulletins/preview")
        {
            Content = new FormUrlEncodedContent([new("text", text), new("voice", "vi")]),
        };
        asked.Headers.Add("HX-Request", "true");
        var answer = await author.SendAsync(asked);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Written, read aloud and sent up.</summary>
    public static async Task<Moved> Submit(this HttpClient author, string? title = null, string? text = null) =>
        await author.Do(await author.Do(await author.Write(title, text), "voice"), "submit");

    public static Task<JsonElement> See(this HttpClient client, Guid bulletin) =>
        client.GetAsync($"/api/bulletins/{bulletin}").Json();
}
