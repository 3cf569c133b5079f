# `cmake --install` and the Debian package:
#   <prefix>/bin/sarx                                  (sim/cli)
#   <prefix>/share/sarx/python/sarx                    where the program looks for its analysis front ends
#   <prefix>/lib/python3/dist-packages/sarx.pth        so that Debian's Python finds it too where the prefix is /usr
#   <prefix>/share/sarx/python/targets                 published targets and their experiments, for `sarx validate`
#   <prefix>/share/sarx/python/calibrations            plausible parameter sets, for `sarx uncertainty`
#   <prefix>/share/sarx/scenarios                      and what editors check them by, share/sarx/scenario.schema.json
include(GNUInstallDirs)
install(DIRECTORY analysis/sarx DESTINATION ${CMAKE_INSTALL_DATADIR}/sarx/python
  FILES_MATCHING PATTERN "*.py" PATTERN "*.yaml" PATTERN "*.css" PATTERN "*.js" PATTERN "py.typed" PATTERN "__pycache__" EXCLUDE)
install(DIRECTORY analysis/targets DESTINATION ${CMAKE_INSTALL_DATADIR}/sarx/python
  FILES_MATCHING PATTERN "*.yaml")
install(FILES analysis/calibrations/parameter_draws.csv DESTINATION ${CMAKE_INSTALL_DATADIR}/sarx/python/calibrations)
file(WRITE ${CMAKE_BINARY_DIR}/sarx.pth "../../../share/sarx/python\n")
install(FILES ${CMAKE_BINARY_DIR}/sarx.pth DESTINATION lib/python3/dist-packages)
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/sarx)
install(CODE [[
  execute_process(COMMAND "$<TARGET_FILE:sarx>" schema OUTPUT_FILE "${CMAKE_CURRENT_LIST_DIR}/scenario.schema.json"
                  RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "sarx schema: ${failed}")
  endif()
]])
install(FILES ${CMAKE_BINARY_DIR}/scenario.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/sarx)
install(FILES README.md CHANGELOG.md CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_PACKAGE_NAME sarx)
set(CPACK_PACKAGE_VENDOR "sarx")
set(CPACK_PACKAGE_CONTACT "The sarx developers <sarx@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "python3")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "python3-h5py, python3-matplotlib, python3-netcdf4, python3-pandas, python3-scipy, python3-xarray, python3-yaml")
include(CPack)
