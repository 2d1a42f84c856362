using System.Net.Http.Json;

namespace Loa.Bench.Siege;

/// <summary>An author who asks for the longest texts to be read aloud, very many at once, and again when he is sent away.</summary>
sealed class Previews(HttpClient author, int atOnce)
{
    const int Longest = 20_000;

    static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    int refused;

    public int Refused => refused;

    public Task Ask(CancellationToken until) =>
        Task.WhenAll(Enumerable.Range(0, atOnce).Select(number => Ask(number, until)));

    async Task Ask(int number, CancellationToken until)
    {
        for (var round = 0; !until.IsCancellationRequested; round++)
        {
            // No two alike, or they would be made once.
            var sentence = $"Thông báo số {number} lần {round} về lịch cấp nước sinh hoạt. ";
            var text = string.Concat(Enumerable.Repeat(sentence, Longest / sentence.Length));
            try
            {
                using var answer = await author.PostAsJsonAsync("/bulletins/preview", new { text }, until);
                if (!answer.IsSuccessStatusCode)
                    Interlocked.Increment(ref refused);
                await Task.Delay(pause, TimeProvider.System, until);
            }
            catch (Exception over) when (over is HttpRequestException or OperationCanceledException)
            {
                if (until.IsCancellationRequested)
                    return;
            }
        }
    }
}
