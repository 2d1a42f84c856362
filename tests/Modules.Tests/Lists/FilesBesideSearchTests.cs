namespace Loa.Lists;

public sealed class FilesBesideSearchTests(RunningServer server)
{
    [Fact]
    public async Task The_file_of_officers_holds_whom_the_search_found_and_says_so()
    {
        using var administrator = await server.SignedIn("tinh.quantri");

        var page = await administrator.GetStringAsync("/officers?q=loctan");
        using var file = await administrator.GetAsync("/officers.csv?q=loctan");

        var renewed = page[page.IndexOf("id=\"results\"", StringComparison.Ordinal)..];
        Assert.Contains("href=\"/officers.csv?q=loctan\"", renewed, StringComparison.Ordinal);
        Assert.EndsWith("-loctan.csv", file.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
    }
}
