using Loa.Jose;

namespace Loa.Air;

/// <summary>FOR TESTS ONLY: published keys, so that test vectors can be made anew; nothing real may trust them.</summary>
static class SomeKeys
{
    public static readonly SigningKey Root = Read(
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/bjMzmcMyTm+jDo6CFzkrLmEPlR6ECyGKUgkKCYHmtihRANCAAQrCqsZ9Q5bOaTgn0k3OLkQgfrdeGPNU2CZuzDSPaGZKjXKJwQhkrAdko88VG/EjTlxEABkCORKNSh5oEQkPri4"
    );

    public static readonly SigningKey Officer = Read(
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdycNiiYzfXNvQVdwz7cVnoVuTUk4fib/9+b7EOF5PfehRANCAASK06FsmAv4KKovhOoQj7HIDfpfnNPJWIdYXRuwnaq8F3jwTY2qB0vgQJRH8iTt0pC2V8OP7AU4qTkm/BgxXMEA"
    );

    public static readonly SigningKey Server = Read(
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWMjzXElbA+iZpK/77e5dsf1tY2PzT1sWxfQCxzbL/huhRANCAARqd4T+BHn24lCtIitsg/1gTLLEOgzvSJLWh05rDbGwPrYBugLXQwskNjfU50/VlwxYiH0CeD1ILB0BcSHdUA9M"
    );

    public static readonly SigningKey Technician = Read(
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNnSJP30ogxI0j7cpuju02ApYxC5plUnCHgKPOQtB9i+hRANCAATUAomIGeDXsTfgoPKZrJ5EWK9sI7sZsDwA4QywcHBwizSZ591ffkVggAGGzBYifJXpf02J0jFmipEQd87OPmBZ"
    );

    /// <summary>Of a maker of speakers: may sign packages.</summary>
    public static readonly SigningKey Maker = Read(
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgORnVIZCNt1lSIIsrldivU82QAvQcrGFQy/sCIn6dH/KhRANCAATp+VbBpZEXlBBskasfJCrvxTntHc9rG8Em73Qrepo/8uPtjplZanHdToGpTopx4kbozMz9Qr2cxR3lhALKmB6N"
    );

    /// <summary>Delegated now this way, now that way, as a test needs.</summary>
    public static readonly SigningKey Spare = Read(
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpE08qo7X7PjL5vzLDrAv0YndUwYQoi+xS9lI7SrdWbyhRANCAAQusIELIcRAZ9ecFmmUvVfA+mQ3jQSEUlBsCSDsK2bncToAy9THZnYMNn6hSa4vJ/YJooN9I8aj4RWPmsOLMa7u"
    );

    public static readonly SigningKey Speaker = Read(
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyFtKZGtTydPmjKzsruTGx0E08NFlKn6kLYTFziOHV5ShRANCAAQWuWgAJuZJzYgxNSUjmoGeu9rpXlqt4Hh/Og+1AR04bYbxkgtNq6j6urerf2wfTKvltaIpbMn+x35GItfx6fSX"
    );

    /// <summary>Takes the place of the root in some vectors.</summary>
    public static readonly SigningKey NextRoot = Read(
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyvqDSAd6e3sp52uUR9DicE2CuUdLqggAjC7MC0H/xE6hRANCAASa3wEUYbCeDIgMnly5TzSPVuo2zgX9wZbAl3DDQRGhFIMDBdAnOCorAMxiesj0T/cmZmEpGZUtCjlj/8lOF1Lm"
    );

    /// <summary>Never delegated.</summary>
    public static readonly SigningKey Stranger = Read(
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgGnB6csPDgTjJ1F8xIJw+MZBkJumPcl3EMfG/1iuhqVOhRANCAATxYcj6McCKBuB2Gkonr/zBxqx3qgMq+BYr3oDoNf+L0SsjLAdTyGkUFZK679JDUSC/sliD2TBcQOBKTEGWIjb8"
    );

    static SigningKey Read(string base64) =>
        SigningKey.FromPem($"-----BEGIN PRIVATE KEY-----\n{base64}\n-----END PRIVATE KEY-----\n");
}
