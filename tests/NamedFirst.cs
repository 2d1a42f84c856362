using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Loa.NamedFirst))]

namespace Loa;

/// <summary>Collections with a name are long: they begin first, so that none of them is left alone at the end.</summary>
sealed class NamedFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionClassName is null)];
}
