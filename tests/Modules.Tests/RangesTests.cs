namespace Loa;

public sealed class RangesTests(RunningServer server)
{
    [Theory]
    [InlineData("items=0-1", 200)]
    [InlineData("seconds=0-1", 200)]
    [InlineData("bytes=0-1", 206)]
    [InlineData("BYTES=0-1", 206)]
    public async Task A_range_in_a_unit_that_is_not_ours_means_nothing(string range, int status)
    {
        using var officer = await server.SignedIn("tinh.kiemtra");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/gallery/sample.wav");
        request.Headers.TryAddWithoutValidation("Range", range);
        using var answer = await officer.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }
}
