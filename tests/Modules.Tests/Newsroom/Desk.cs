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

    /// <summary>A text that no other test reads aloud.</summary>
    public static string NewText() =>
        $"Trạm y tế xã tiêm phòng cho trẻ em, đợt {Interlocked.Increment(ref count)} chấm {Environment.ProcessId}.";

    public static async Task<Moved> Write(
        this HttpClient author,
        string title = "Lịch tiêm phòng",
        string? text = null
    ) =>
        Moved.Of(
            await author
                .PostAsJsonAsync(
                    "/bulletins",
                    new
                    {
                        title,
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

    /// <summary>Written, read aloud and sent up.</summary>
    public static async Task<Moved> Submit(
        this HttpClient author,
        string title = "Lịch tiêm phòng",
        string? text = null
    ) => await author.Do(await author.Do(await author.Write(title, text), "voice"), "submit");

    public static Task<JsonElement> See(this HttpClient client, Guid bulletin) =>
        client.GetAsync($"/api/bulletins/{bulletin}").Json();
}
