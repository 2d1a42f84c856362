using System.Globalization;
using System.Net;

namespace Loa;

/// <summary>No page may keep anybody waiting: 200 ms on the server with all 1,661 speakers in the database.</summary>
[Collection(nameof(Alone))]
public sealed class SpeedTests(RunningServer server)
{
    static readonly string[] Pages =
    [
        "/",
        "/bulletins",
        "/bulletins?q=xa%20lu",
        "/bulletins/new",
        "/broadcasts",
        "/speakers",
        "/speakers?q=loc%20tan",
        "/speakers?page=60",
        "/speakers?show=offline&page=2",
        "/speakers?show=other-vendor",
        "/speakers?sort=-presence&size=100&page=9",
        "/speakers?unit=Xã+Lộc+Tấn&sort=name",
        "/speakers.csv?show=all",
        "/api/speakers?q=DEMO-00100",
        "/speakers/claim",
        "/units",
        "/units?asOf=2024-05-01",
        "/units?q=loc%20ninh",
        "/officers",
        "/trust",
        "/keys",
        "/account",
    ];

    [Fact]
    public async Task Every_page_answers_within_200_ms_on_the_server()
    {
        var officers = new[] { "tinh.bientap", "tinh.duyet", "tinh.kythuat", "tinh.quantri" };
        var slowest = (Page: "", Took: 0.0);
        foreach (var officer in officers)
        {
            using var client = await server.SignedIn(officer);
            foreach (var page in Pages)
            {
                // The first answer also pays for compiling; people meet the others. The quickest of three is the page's own time, not the machine's.
                var took = double.MaxValue;
                for (var time = 0; time < 4; time++)
                    took = Math.Min(took, await Time(client, page));
                if (took > slowest.Took)
                    slowest = (page, took);
            }
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"measured: slowest page {slowest.Page} {slowest.Took:0} ms on the server, 1,661 speakers (limit 200)"
            )
        );
        Assert.True(slowest.Took < 200, $"{slowest.Page} took {slowest.Took} ms");
    }

    internal static async Task<double> Time(HttpClient client, string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page) { Headers = { { "Accept", "text/html" } } };
        using var answer = await client.SendAsync(request);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Forbidden, $"{page}: {answer.StatusCode}");
        return Spent(answer);
    }

    /// <summary>How many milliseconds the server had for an answer before it began to send it.</summary>
    internal static double Spent(HttpResponseMessage answer) =>
        double.Parse(answer.Headers.GetValues("Server-Timing").Single().Split("dur=")[1], CultureInfo.InvariantCulture);
}
